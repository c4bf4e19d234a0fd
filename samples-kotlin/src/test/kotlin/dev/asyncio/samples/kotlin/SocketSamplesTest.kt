package dev.asyncio.samples.kotlin

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.BufferedReader
import java.net.Socket
import kotlin.io.path.Path

/** The samples that talk to each other, each in a process of its own. */
class SocketSamplesTest {
    /** A sample that runs; closing kills it. */
    private class Running(sample: String, vararg arguments: String) : AutoCloseable {
        private val process: Process = ProcessBuilder(
            Path(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path"),
            "dev.asyncio.samples.kotlin.${sample}Kt",
            *arguments,
        ).redirectErrorStream(true).start()
        private val output: BufferedReader = process.inputStream.bufferedReader()

        fun port(): Int {
            val line = output.readLine()
            assertTrue(line.startsWith(LISTENING), line)
            return line.removePrefix(LISTENING).toInt()
        }

        fun printed(): String = output.readText()

        override fun close() {
            process.destroyForcibly()
        }
    }

    @Test
    fun theEchoClientHearsTheEchoServer() {
        Running("EchoServer", "--port", "0").use { server ->
            Running("EchoClient", "--port", "${server.port()}").use { client ->
                assertEquals("send: Hello World!\nreceived: Hello World!\nclosed the connection\n", client.printed())
            }
        }
    }

    @Test
    fun guestsOfTheChatServerHearEachOther() {
        Running("ChatServer", "--port", "0").use { server ->
            val port = server.port()
            Guest(port).use { ann ->
                assertEquals("Your name?", ann.hears())
                ann.says("Ann")
                assertEquals("Ann is here, which makes 1", ann.hears())
                Guest(port).use { bob ->
                    assertEquals("Your name?", bob.hears())
                    bob.says("Bob")
                    assertEquals("Bob is here, which makes 2", bob.hears())
                    assertEquals("Bob is here, which makes 2", ann.hears())
                    ann.says("hello")
                    assertEquals("Ann: hello", bob.hears())
                    assertEquals("Ann: hello", ann.hears())
                }
                assertEquals("Bob has left", ann.hears())
            }
        }
    }

    private class Guest(port: Int) : AutoCloseable {
        private val socket = Socket("127.0.0.1", port).apply { soTimeout = 60_000 }
        private val input = socket.getInputStream().bufferedReader()

        fun hears(): String? = input.readLine()

        fun says(line: String) = socket.getOutputStream().write("$line\n".toByteArray())

        override fun close() = socket.close()
    }

    companion object {
        /** They need sockets and arguments, and have no Python twin. */
        val SAMPLES = setOf("EchoServer", "EchoClient", "ChatServer")
        private const val LISTENING = "listening on 127.0.0.1:"
    }
}
