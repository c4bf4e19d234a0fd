package dev.asyncio.samples.kotlin.couchdb

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.gather
import io.ktor.client.plugins.ClientRequestException
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray

/** Writes documents, one at a time and in bulk, and reads them at the same time. Takes the address of a server. */
fun main(args: Array<String>) = asyncio { CouchDb(args[0]).use { couch -> documents(couch) } }

// @start region="main"
private suspend fun documents(couch: CouchDb) {
    couch.put("zoo", JsonObject(emptyMap()))

    val bear = couch.put("zoo/bear", buildJsonObject { put("legs", 4) })
    println("the bear is at ${bear.getValue("rev").jsonPrimitive.content.substringBefore('-')}")
    try {
        couch.put("zoo/bear", buildJsonObject { put("legs", 2) })
    } catch (e: ClientRequestException) {
        println("one has to say which bear: ${"conflict" in e.message}")
    }

    val bulk = buildJsonObject {
        putJsonArray("docs") {
            for (name in listOf("crow", "duck", "emu")) {
                addJsonObject {
                    put("_id", name)
                    put("legs", 2)
                }
            }
        }
    }
    println("${couch.post("zoo/_bulk_docs", bulk).jsonArray.size} birds came in one request")

    val legs = listOf("bear", "crow", "duck", "emu").map { name ->
        coroutine { couch.get("zoo/$name").getValue("legs").jsonPrimitive.int }
    }
    println("legs: ${gather(legs)}")
    couch.delete("zoo")
}
// @end
