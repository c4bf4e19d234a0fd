package dev.asyncio.samples.kotlin

import dev.asyncio.Asyncio
import dev.asyncio.KeyboardInterrupt
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.sleep
import dev.asyncio.samples.kotlin.cli.port
import dev.asyncio.sync.Event
import io.ktor.http.ContentType
import io.ktor.server.application.install
import io.ktor.server.cio.CIO
import io.ktor.server.engine.embeddedServer
import io.ktor.server.http.HttpRequestLifecycle
import io.ktor.server.request.receiveText
import io.ktor.server.response.respondBytesWriter
import io.ktor.server.response.respondText
import io.ktor.server.routing.RoutingContext
import io.ktor.server.routing.get
import io.ktor.server.routing.post
import io.ktor.server.routing.routing
import io.ktor.server.websocket.WebSockets
import io.ktor.server.websocket.webSocket
import io.ktor.utils.io.ByteWriteChannel
import io.ktor.utils.io.writeStringUtf8
import io.ktor.websocket.Frame
import io.ktor.websocket.WebSocketSession
import io.ktor.websocket.readText
import io.ktor.websocket.send
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.future.await
import kotlinx.coroutines.withContext
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import kotlin.time.Duration.Companion.milliseconds

/**
 * aiohttp's server with Ktor, whose own threads do the I/O: each request is a task of our loop, and is cancelled when
 * its client goes away. `--port N` is where; 0 for any port. SIGTERM and Ctrl-C let requests end first.
 */
fun main(args: Array<String>) {
    val port = port(args, 8080)
    try {
        asyncio { serve(port) }
    } catch (_: KeyboardInterrupt) {
        println("interrupted")
    }
}

// @start region="hello-server"
private suspend fun serve(port: Int) {
    val loop = Asyncio.getRunningLoop()
    val stop = Event()
    loop.addSignalHandler("TERM", stop::set)

    /** Runs a handler as a task, and waits for it where Ktor called it. */
    suspend fun onLoop(handler: suspend CoroutineScope.() -> Unit) =
        Asyncio.runCoroutineThreadsafe(coroutine(handler), loop).await()

    val server = embeddedServer(CIO, port, "127.0.0.1") {
        install(WebSockets)
        install(HttpRequestLifecycle) { cancelCallOnClose = true }
        routing {
            get("/") { onLoop { call.respondText("Hello, Anonymous") } }
            get(Regex("/count/(?<to>\\d{1,9})")) {
                call.respondBytesWriter { onLoop { count(call.parameters["to"]!!.toInt()) } }
            }
            webSocket("/echo") { onLoop { echo() } }
            webSocket("/updates") { onLoop { update() } }
            post("/greeting") { onLoop { greet() } }
            get("/{name}") { onLoop { call.respondText("Hello, ${call.parameters["name"]}") } }
        }
    }
    server.startSuspend()
    println("listening on 127.0.0.1:${server.engine.resolvedConnectors().first().port}")
    try {
        stop.waitUntilSet().await()
    } finally {
        // Ktor waits for idle connections too, as long as the grace period is.
        withContext(NonCancellable) { server.stopSuspend(gracePeriodMillis = 2_000, timeoutMillis = 4_000) }
    }
    println("stopped")
}

private suspend fun RoutingContext.greet() {
    val name = Json.parseToJsonElement(call.receiveText()).jsonObject.getValue("name").jsonPrimitive.content
    val answer = buildJsonObject {
        put("greeting", "Hello, $name")
        put("task", Asyncio.currentTask()?.name)
    }
    call.respondText(answer.toString(), ContentType.Application.Json)
}

private suspend fun ByteWriteChannel.count(to: Int) {
    try {
        for (i in 1..to) {
            writeStringUtf8("$i\n")
            flush()
            sleep(100.milliseconds)
        }
    } catch (e: CancellationException) {
        println("count: the client went away")
        throw e
    }
}

private suspend fun WebSocketSession.echo() {
    for (frame in incoming) {
        if (frame is Frame.Text) send(frame.readText())
    }
}

private suspend fun WebSocketSession.update() {
    var i = 0
    while (true) {
        send("update ${++i}")
        sleep(100.milliseconds)
    }
}
// @end
