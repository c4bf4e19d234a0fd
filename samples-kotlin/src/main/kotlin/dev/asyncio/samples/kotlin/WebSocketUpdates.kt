package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asyncio
import dev.asyncio.samples.kotlin.cli.port
import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.plugins.websocket.WebSockets
import io.ktor.client.plugins.websocket.webSocket
import io.ktor.websocket.Frame
import io.ktor.websocket.readText
import kotlinx.coroutines.flow.consumeAsFlow
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.flow.take

/** Reads what a web socket keeps sending, message by message. `--port N` is where a `HelloServer` listens. */
fun main(args: Array<String>) {
    val server = "ws://127.0.0.1:${port(args, 8080)}"
    asyncio { readUpdates(server) }
}

// @start region="web-socket"
private suspend fun readUpdates(server: String) = HttpClient(CIO) { install(WebSockets) }.use { client ->
    client.webSocket("$server/updates") {
        incoming.consumeAsFlow().filterIsInstance<Frame.Text>().take(5).collect { println(it.readText()) }
    }
}
// @end
