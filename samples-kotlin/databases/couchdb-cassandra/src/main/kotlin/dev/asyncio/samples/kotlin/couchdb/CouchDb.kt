package dev.asyncio.samples.kotlin.couchdb

import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.request.delete
import io.ktor.client.request.get
import io.ktor.client.request.post
import io.ktor.client.request.prepareGet
import io.ktor.client.request.put
import io.ktor.client.request.setBody
import io.ktor.client.statement.HttpResponse
import io.ktor.client.statement.bodyAsChannel
import io.ktor.client.statement.bodyAsText
import io.ktor.http.ContentType
import io.ktor.http.contentType
import io.ktor.utils.io.readLine
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject

/** CouchDB's protocol over Ktor's client. The address is one like `http://localhost:5984`. */
internal class CouchDb(private val address: String) : AutoCloseable {
    private val http = HttpClient(CIO) {
        expectSuccess = true
        engine { requestTimeout = 0 } // a feed of changes has no end
    }

    // @start region="requests"
    suspend fun get(path: String): JsonObject = http.get("$address/$path").json().jsonObject

    suspend fun put(path: String, body: JsonElement): JsonObject = http.put("$address/$path") {
        contentType(ContentType.Application.Json)
        setBody(body.toString())
    }.json().jsonObject

    suspend fun post(path: String, body: JsonElement): JsonElement = http.post("$address/$path") {
        contentType(ContentType.Application.Json)
        setBody(body.toString())
    }.json()

    suspend fun delete(path: String): JsonObject = http.delete("$address/$path").json().jsonObject

    private suspend fun HttpResponse.json(): JsonElement = Json.parseToJsonElement(bodyAsText())
    // @end

    // @start region="changes"

    /** The changes of a database since the given one, and those to come. Who stops to collect ends the request. */
    fun changes(database: String, since: String): Flow<JsonObject> = flow {
        val request = http.prepareGet("$address/$database/_changes?feed=continuous&heartbeat=1000&since=$since")
        request.execute { response ->
            val body = response.bodyAsChannel()
            while (true) {
                val line = body.readLine() ?: break
                if (line.isNotEmpty()) emit(Json.parseToJsonElement(line).jsonObject) // a heartbeat is an empty line
            }
        }
    }
    // @end

    override fun close() = http.close()
}
