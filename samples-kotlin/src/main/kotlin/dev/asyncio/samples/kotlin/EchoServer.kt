package dev.asyncio.samples.kotlin

import dev.asyncio.KeyboardInterrupt
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.startServer
import dev.asyncio.streams.StreamReader
import dev.asyncio.streams.StreamWriter
import java.io.IOException

/** Sends back whatever a client sends, until Ctrl-C. `--port N` is where; 0 for any port. */
fun main(args: Array<String>) {
    val option = args.indexOf("--port")
    val port = if (option < 0) 8888 else args[option + 1].toInt()
    try {
        asyncio { serve(port) }
    } catch (_: KeyboardInterrupt) {
        println("stopped")
    }
}

// @start region="echo-server"
private suspend fun serve(port: Int) {
    val server = startServer("127.0.0.1", port) { reader, writer -> echo(reader, writer) }
    println("listening on 127.0.0.1:${server.port()}")
    server.serveForever().await()
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
