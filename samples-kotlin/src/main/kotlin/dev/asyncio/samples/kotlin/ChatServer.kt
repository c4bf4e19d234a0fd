package dev.asyncio.samples.kotlin

import dev.asyncio.KeyboardInterrupt
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.gatherOutcomes
import dev.asyncio.coroutines.lines
import dev.asyncio.coroutines.startServer
import dev.asyncio.samples.kotlin.cli.port
import dev.asyncio.streams.StreamReader
import dev.asyncio.streams.StreamWriter
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.awaitCancellation
import java.io.IOException

/**
 * Everybody reads what anybody writes; a client's first line is its name. `--port N` is where; 0 for any port. The
 * tasks share a map and need no lock: between two awaits nobody else runs.
 */
fun main(args: Array<String>) {
    val port = port(args, 8888)
    try {
        asyncio { Chat().serve(port) }
    } catch (_: KeyboardInterrupt) {
        println("stopped")
    } catch (_: CancellationException) {
        println("stopped") // by SIGTERM
    }
}

private class Chat {
    private val guests = LinkedHashMap<String, StreamWriter>()

    suspend fun serve(port: Int) {
        val server = startServer("127.0.0.1", port) { reader, writer -> welcome(reader, writer) }
        println("listening on 127.0.0.1:${server.port()}")
        server.use { awaitCancellation() } // serveForever would wait for the clients before it ends
    }

    // @start region="chat"
    private suspend fun welcome(reader: StreamReader, writer: StreamWriter) = writer.use {
        writer.write("Your name?\n")
        try {
            val name = reader.readLine(Charsets.UTF_8).await().trim()
            if (name.isEmpty() || guests.putIfAbsent(name, writer) != null) {
                writer.write("Sorry, that name is taken.\n")
                return@use
            }
            try {
                tellAll("$name is here, which makes ${guests.size}")
                reader.lines().collect { line -> tellAll("$name: $line") }
            } finally {
                guests.remove(name)
                tellAll("$name has left")
            }
        } catch (e: IOException) {
            println("lost a guest: ${e.message}")
        } catch (e: IllegalArgumentException) {
            println("a line that is too long: ${e.message}")
        }
    }

    private suspend fun tellAll(message: String) {
        for (guest in guests.values) guest.write("$message\n")
        // One who is lost is told to its own task; one who reads slowly holds up whoever speaks.
        gatherOutcomes(guests.values.map { it.drain() })
    }
    // @end
}
