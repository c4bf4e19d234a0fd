package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.component1
import dev.asyncio.coroutines.component2
import dev.asyncio.coroutines.openConnection
import dev.asyncio.samples.kotlin.cli.port

/** Sends a line to an echo server and prints what comes back. `--port N` is where the server listens. */
fun main(args: Array<String>) {
    val port = port(args, 8888)
    asyncio { echo(port, "Hello World!") }
}

// @start region="echo-client"
private suspend fun echo(port: Int, message: String) {
    val (reader, writer) = openConnection("127.0.0.1", port)
    writer.use {
        println("send: $message")
        writer.write("$message\n")
        writer.drain().await()

        val answer = reader.readLine(Charsets.UTF_8).await()
        println("received: ${answer.trim()}")
    }
    println("closed the connection")
}
// @end
