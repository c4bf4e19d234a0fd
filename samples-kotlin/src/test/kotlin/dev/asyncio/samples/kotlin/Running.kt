package dev.asyncio.samples.kotlin

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import java.io.BufferedReader
import java.util.concurrent.TimeUnit
import kotlin.io.path.Path

/** They need sockets, files, threads or processes, have no Python twin and are tested apart. */
val SAMPLES_OF_THE_WORLD = setOf(
    "EchoServer",
    "EchoClient",
    "ChatServer",
    "PortScanner",
    "Tail",
    "HelloServer",
    "HttpSession",
    "FetchPages",
    "WebSocketUpdates",
    "ReadAndWrite",
    "CountLines",
    "ManyLoops",
    "ProcessPool",
    "PoolMember",
)

/** A sample that runs in a process of its own; closing kills it. What it logs is the build's to show. */
class Running(sample: String, vararg arguments: String) : AutoCloseable {
    private val process: Process = ProcessBuilder(
        Path(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path"),
        "dev.asyncio.samples.kotlin.${sample}Kt",
        *arguments,
    ).redirectError(ProcessBuilder.Redirect.INHERIT).start()
    private val output: BufferedReader = process.inputStream.bufferedReader()

    /** Where it listens, as its first line says. */
    fun port(): Int {
        val line = nextLine()!!
        assertTrue(line.startsWith(LISTENING), line)
        return line.removePrefix(LISTENING).toInt()
    }

    /** The next line of its output; null at the end. */
    fun nextLine(): String? = output.readLine()

    /** What is left of its output, when it has ended. */
    fun printed(): String = output.readText()

    /** The status that it ends with. */
    fun status(): Int {
        assertTrue(process.waitFor(1, TimeUnit.MINUTES))
        return process.exitValue()
    }

    fun signal(name: String) {
        assertEquals(0, ProcessBuilder("kill", "-$name", "${process.pid()}").inheritIO().start().waitFor())
    }

    override fun close() {
        process.destroyForcibly()
    }

    private companion object {
        const val LISTENING = "listening on 127.0.0.1:"
    }
}
