package dev.asyncio.samples.kotlin

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.net.ServerSocket
import java.net.Socket
import java.nio.file.Path
import kotlin.io.path.appendBytes
import kotlin.io.path.appendText
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText

/** The samples that talk to each other, each in a process of its own. */
class SocketSamplesTest {
    @Test
    fun theEchoClientHearsTheEchoServer() {
        Running("EchoServer", "--port", "0").use { server ->
            Running("EchoClient", "--port", "${server.port()}").use { client ->
                assertEquals("send: Hello World!\nreceived: Hello World!\nclosed the connection\n", client.printed())
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = ["EchoServer", "ChatServer"])
    fun ctrlCEndsAServerAndItsConnections(sample: String) {
        Running(sample, "--port", "0").use { server ->
            Guest(server.port()).use { guest ->
                guest.says("Ann")
                guest.hears()
                server.signal("INT")
                assertEquals("stopped\n", server.printed())
                assertEquals(0, server.status())
            }
        }
    }

    @Test
    fun optionsThatMakeNoSenseEndASample() {
        val samples = listOf(
            arrayOf("EchoServer", "--port"),
            arrayOf("EchoServer", "--port=many"),
            arrayOf("ChatServer", "--house", "7"),
            arrayOf("PortScanner", "--at-a-time", "0"),
            arrayOf("Tail"),
            arrayOf("PoolMember"),
        )
        for (sample in samples) {
            val arguments = sample.drop(1).toTypedArray()
            Running(sample[0], *arguments).use { assertEquals(2, it.status(), sample.joinToString(" ")) }
        }
    }

    @Test
    fun aGuestWhoseLineIsTooLongHasLeft() {
        Running("ChatServer", "--port", "0").use { server ->
            val port = server.port()
            Guest(port).use { ann ->
                assertEquals("Your name?", ann.hears())
                ann.says("Ann")
                assertEquals("Ann is here, which makes 1", ann.hears())
                Guest(port).use { bob ->
                    bob.says("Bob")
                    assertEquals("Bob is here, which makes 2", ann.hears())
                    bob.says("a".repeat(100_000))
                    assertEquals("Bob has left", ann.hears())
                }
            }
        }
    }

    @Test
    fun anUnknownHostIsAnErrorOfThePortScanner() {
        Running("PortScanner", "--host", "nowhere.invalid", "--to", "3").use { scanner ->
            assertEquals("", scanner.printed())
            assertEquals(1, scanner.status())
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

    @Test
    fun thePortScannerFindsAServer() {
        ServerSocket(0).use { server ->
            val port = server.localPort
            val last = minOf(port + 150, 65_535)
            Running("PortScanner", "--from", "${last - 200}", "--to", "$last", "--at-a-time", "20").use { scanner ->
                val lines = scanner.printed().trim().lines()
                assertEquals(listOf("tried 100 of 201 ports", "tried 200 of 201 ports"), lines.take(2).map(::progress))
                assertEquals("open ports of 127.0.0.1: ", lines[2].substringBefore('['))
                assertTrue("$port" in lines[2].substringAfter('[').removeSuffix("]").split(", "), lines[2])
            }
        }
    }

    private fun progress(line: String) = line.substringBefore(',')

    @Test
    fun tailFollowsAFile(
        @TempDir folder: Path,
    ) {
        val log = folder.resolve("log.txt")
        log.writeText("one\ntwo\n")
        Running("Tail", "$log").use { tail ->
            assertEquals("one", tail.nextLine())
            assertEquals("two", tail.nextLine())
            log.appendText("three\n")
            assertEquals("three", tail.nextLine())
            log.writeText("")
            assertEquals("-- truncated --", tail.nextLine())
            log.appendText("four\n")
            assertEquals("four", tail.nextLine())
        }
    }

    @Test
    fun tailPrintsACharacterThatIsWrittenInTwoPieces(
        @TempDir folder: Path,
    ) {
        val log = folder.resolve("log.txt")
        val (begin, end) = "a\n\u00FC\n".toByteArray().run { copyOf(3) to copyOfRange(3, size) }
        log.writeBytes(begin)
        Running("Tail", "$log").use { tail ->
            assertEquals("a", tail.nextLine())
            log.appendBytes(end)
            assertEquals("\u00FC", tail.nextLine())
        }
    }

    private class Guest(port: Int) : AutoCloseable {
        private val socket = Socket("127.0.0.1", port).apply { soTimeout = 60_000 }
        private val input = socket.getInputStream().bufferedReader()

        fun hears(): String? = input.readLine()

        fun says(line: String) = socket.getOutputStream().write("$line\n".toByteArray())

        override fun close() = socket.close()
    }
}
