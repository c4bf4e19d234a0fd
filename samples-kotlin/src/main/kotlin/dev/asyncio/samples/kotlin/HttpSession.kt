package dev.asyncio.samples.kotlin

import dev.asyncio.TimeoutException
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.timeout
import dev.asyncio.samples.kotlin.cli.port
import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.request.get
import io.ktor.client.request.post
import io.ktor.client.request.setBody
import io.ktor.client.statement.bodyAsText
import io.ktor.http.ContentType
import io.ktor.http.contentType
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import kotlin.time.Duration.Companion.seconds

/**
 * aiohttp's client with Ktor: status, text, JSON, and a limit of time that gives up the exchange. `--port N` is where a
 * `HelloServer` listens.
 */
fun main(args: Array<String>) {
    val server = "http://127.0.0.1:${port(args, 8080)}"
    asyncio { useSession(server) }
}

// @start region="http-session"
private suspend fun useSession(server: String) = HttpClient(CIO).use { session ->
    val page = session.get("$server/Ann")
    println("status ${page.status.value}: ${page.bodyAsText()}")

    val answer = session.post("$server/greeting") {
        contentType(ContentType.Application.Json)
        setBody(buildJsonObject { put("name", "Bob") }.toString())
    }
    val greeting = Json.parseToJsonElement(answer.bodyAsText()).jsonObject.getValue("greeting")
    println("greeting: ${greeting.jsonPrimitive.content}")

    try {
        timeout(1.seconds) { session.get("$server/count/1000").bodyAsText() }
    } catch (_: TimeoutException) {
        println("timeout: the connection is closed, and the server knows")
    }
}
// @end
