package dev.asyncio.streams

import dev.asyncio.RunnerOptions
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.component1
import dev.asyncio.coroutines.component2
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.lines
import dev.asyncio.coroutines.openConnection
import dev.asyncio.coroutines.openUnixConnection
import dev.asyncio.coroutines.startServer
import dev.asyncio.coroutines.startUnixServer
import dev.asyncio.support.AsyncioLog
import dev.asyncio.support.Jdk
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path

/** Streams as suspend functions; no body needs a stack. */
class KotlinStreamsTest {
    private fun real(block: suspend CoroutineScope.() -> Unit) =
        asyncio(RunnerOptions.DEFAULT.withInterruptHandler(false)) {
            block()
            val loop = dev.asyncio.Asyncio.getRunningLoop()
            check("stacks=0" in loop.toString()) { "Kotlin bodies took a stack: $loop" }
        }

    private suspend fun CoroutineScope.echoLines(reader: StreamReader, writer: StreamWriter) = writer.use {
        reader.lines().collect { line -> writer.write("$line!\n") }
    }

    private suspend fun talk(connection: StreamConnection): List<String> {
        val (reader, writer) = connection
        return writer.use {
            for (word in listOf("one", "two", "three")) writer.write("$word\n")
            writer.drain().await()
            writer.writeEof()
            reader.lines().toList()
        }
    }

    @Test
    fun linesAreAFlow() = real {
        val server = startServer("127.0.0.1", 0) { reader, writer -> echoLines(reader, writer) }
        val clients = List(20) { coroutine { talk(openConnection("localhost", server.port())) } }
        assertEquals(List(20) { listOf("one!", "two!", "three!") }, gather(clients))
        server.close()
        server.waitClosed().await()
    }

    @Test
    fun aFlowMayBeLeftEarlyAndTheRestIsStillThere() = real {
        val server = startServer("127.0.0.1", 0) { _, writer ->
            writer.use { it.write("a\nb\nc\n") }
        }
        val (reader, writer) = openConnection("127.0.0.1", server.port())
        assertEquals(listOf("a"), reader.lines().take(1).toList())
        assertEquals("b\n", reader.readLine(Charsets.UTF_8).await())
        assertEquals(listOf("c"), reader.lines().toList())
        writer.close()
        server.close()
        server.waitClosed().await()
    }

    @Test
    fun whatAHandlerLaunchesMayUseTheConnection() = real {
        val server = startServer("127.0.0.1", 0) { reader, writer ->
            val sending = launch {
                repeat(1000) {
                    writer.write(ByteArray(10_000))
                    writer.drain().await()
                }
            }
            assertEquals("go\n", String(reader.readLine().await()))
            sending.join()
            writer.close()
        }
        val (reader, writer) = openConnection("127.0.0.1", server.port())
        writer.write("go\n")
        assertEquals(10_000_000, reader.read().await().size)
        writer.close()
        server.close()
        server.waitClosed().await()
    }

    @Test
    fun aHandlerThatFailsIsReported() = real {
        val server = startServer("127.0.0.1", 0) { _, _ -> error("oops") }
        val (reader, writer) = openConnection("127.0.0.1", server.port())
        assertEquals(0, reader.read().await().size)
        assertEquals("oops", AsyncioLog.expect("Unhandled exception in client_connected_cb").thrown.message)
        writer.close()
        server.close()
        server.waitClosed().await()
    }

    @Test
    fun unixSocketsToo(
        @TempDir folder: Path,
    ) {
        Jdk.assumeAtLeast(16, "Unix-domain sockets")
        real {
            val path = folder.resolve("socket")
            val server = startUnixServer(path) { reader, writer -> echoLines(reader, writer) }
            assertEquals(listOf("one!", "two!", "three!"), talk(openUnixConnection(path)))
            server.close()
            server.waitClosed().await()
        }
    }

    @Test
    fun aPortIsChecked() {
        val e = assertThrows(IllegalArgumentException::class.java) { real { startServer(null, -1) { _, _ -> } } }
        assertTrue("port must be 0 to 65535" in e.message!!)
    }
}
