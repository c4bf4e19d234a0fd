package dev.asyncio.samples.kotlin

import dev.asyncio.KeyboardInterrupt
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.startServer
import dev.asyncio.samples.kotlin.cli.port
import dev.asyncio.streams.StreamReader
import dev.asyncio.streams.StreamWriter
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.awaitCancellation
import java.io.IOException

/** Sends back whatever a client sends, until Ctrl-C. `--port N` is where; 0 for any port. */
fun main(args: Array<String>) {
    val port = port(args, 8888)
    try {
        asyncio { serve(port) }
    } catch (_: KeyboardInterrupt) {
        println("stopped")
    } catch (_: CancellationException) {
        println("stopped") // by SIGTERM
    }
}

// @start region="echo-server"
private suspend fun serve(port: Int) {
    val server = startServer("127.0.0.1", port) { reader, writer -> echo(reader, writer) }
    println("listening on 127.0.0.1:${server.port()}")
    server.use { awaitCancellation() } // serveForever would wait for the clients before it ends
}

private suspend fun echo(reader: StreamReader, writer: StreamWriter) {
    try {
        writer.use {
            while (true) {
                val data = reader.read(4096).await()
                if (data.isEmpty()) break
                writer.write(data)
                writer.drain().await()
            }
        }
    } catch (e: IOException) {
        println("lost a client: ${e.message}")
    }
}
// @end
