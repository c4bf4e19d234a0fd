package dev.asyncio.samples.kotlin

import com.sun.net.httpserver.HttpServer
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.net.InetAddress
import java.net.InetSocketAddress
import java.util.concurrent.CyclicBarrier
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger

/** The HTTP clients, each in a process of its own, and servers. */
class HttpClientSamplesTest {
    @Test
    fun aSessionThatGivesUpFreesTheConnection() {
        Running("HelloServer", "--port", "0").use { server ->
            Running("HttpSession", "--port", "${server.port()}").use { client ->
                assertEquals("status 200: Hello, Ann", client.nextLine())
                assertEquals("greeting: Hello, Bob", client.nextLine())
                assertEquals("timeout: the connection is closed, and the server knows", client.nextLine())
            }
            assertEquals("count: the client went away", server.nextLine())
        }
    }

    @Test
    fun updatesAreReadAsTheyCome() {
        Running("HelloServer", "--port", "0").use { server ->
            Running("WebSocketUpdates", "--port", "${server.port()}").use { client ->
                assertEquals("update 1\nupdate 2\nupdate 3\nupdate 4\nupdate 5\n", client.printed())
            }
        }
    }

    @Test
    fun aHundredPagesAreFetchedTenAtATime() {
        val now = AtomicInteger()
        val most = AtomicInteger()
        val ten = CyclicBarrier(10) // no page comes before ten are asked for
        val threads = Executors.newCachedThreadPool()
        val server = HttpServer.create(InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0)
        server.executor = threads
        server.createContext("/") { exchange ->
            most.accumulateAndGet(now.incrementAndGet(), ::maxOf)
            ten.await(1, TimeUnit.MINUTES)
            now.decrementAndGet()
            exchange.sendResponseHeaders(200, 5)
            exchange.responseBody.write("12345".toByteArray())
            exchange.close()
        }
        server.start()
        try {
            val printed = Running("FetchPages", "--port", "${server.address.port}").use { it.printed() }
            assertTrue(printed.startsWith("\r1 of 100 pages\r2 of 100 pages\r"), printed)
            assertTrue(printed.endsWith("\r100 of 100 pages, 500 characters\n"), printed)
            assertEquals(10, most.get())
        } finally {
            server.stop(0)
            threads.shutdown()
        }
    }
}
