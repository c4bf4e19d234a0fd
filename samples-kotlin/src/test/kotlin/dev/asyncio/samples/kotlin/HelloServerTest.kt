package dev.asyncio.samples.kotlin

import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.plugins.websocket.WebSockets
import io.ktor.client.plugins.websocket.webSocket
import io.ktor.client.request.get
import io.ktor.client.request.post
import io.ktor.client.request.prepareGet
import io.ktor.client.request.setBody
import io.ktor.client.statement.bodyAsChannel
import io.ktor.client.statement.bodyAsText
import io.ktor.utils.io.readLine
import io.ktor.websocket.Frame
import io.ktor.websocket.readText
import io.ktor.websocket.send
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.net.ConnectException

/** The HTTP server in a process of its own, and Ktor's client. */
class HelloServerTest {
    private val server = Running("HelloServer", "--port", "0")
    private val address = "127.0.0.1:${server.port()}"
    private val client = HttpClient(CIO) { install(WebSockets) }

    @AfterEach
    fun stop() {
        client.close()
        server.close()
    }

    @Test
    fun greetsByName() = runBlocking {
        assertEquals("Hello, Anonymous", client.get("http://$address/").bodyAsText())
        assertEquals("Hello, Ann B", client.get("http://$address/Ann%20B").bodyAsText())
        assertEquals("text/plain; charset=UTF-8", client.get("http://$address/%3Cb%3E").headers["Content-Type"])
    }

    @Test
    fun takesAndGivesJsonInATaskOfTheLoop() = runBlocking {
        val answer = client.post("http://$address/greeting") { setBody("""{"name": "Bob"}""") }.bodyAsText()
        val values = Json.parseToJsonElement(answer).jsonObject
        assertEquals("Hello, Bob", values.getValue("greeting").jsonPrimitive.content)
        assertTrue(values.getValue("task").jsonPrimitive.content.matches(Regex("""Task-\d+""")), answer)
    }

    @Test
    fun streamsAnAnswer() = runBlocking {
        assertEquals("1\n2\n3\n", client.get("http://$address/count/3").bodyAsText())
    }

    @Test
    fun countsToNumbersOnly() = runBlocking {
        assertEquals(404, client.get("http://$address/count/abc").status.value)
    }

    @Test
    fun cancelsTheTaskOfAClientThatGoesAway() = runBlocking {
        client.prepareGet("http://$address/count/1000000").execute { answer ->
            assertEquals("1", answer.bodyAsChannel().readLine())
        }
        client.close()
        assertEquals("count: the client went away", server.nextLine())
    }

    @Test
    fun echoesOverAWebSocket() = runBlocking {
        client.webSocket("ws://$address/echo") {
            for (message in listOf("one", "two", "three")) {
                send(message)
                assertEquals(message, (incoming.receive() as Frame.Text).readText())
            }
        }
    }

    @Test
    fun onTermItTakesNoMoreRequestsAndFinishesThoseThatItHas() = runBlocking<Unit> {
        client.prepareGet("http://$address/count/10").execute { answer ->
            val counted = answer.bodyAsChannel()
            assertEquals("1", counted.readLine())
            server.signal("TERM")
            assertEquals((2..10).map { "$it" }, generateSequence { runBlocking { counted.readLine() } }.toList())
        }
        assertEquals("stopped", server.nextLine())
        assertNull(server.nextLine())
        assertThrows<ConnectException> { runBlocking { HttpClient(CIO).use { it.get("http://$address/") } } }
    }
}
