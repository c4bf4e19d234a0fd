package dev.asyncio.samples.kotlin.couchdb

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import kotlinx.coroutines.flow.take
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonPrimitive

/** A database's feed of changes as an asynchronous iteration. Takes the address of a server. */
fun main(args: Array<String>) = asyncio { CouchDb(args[0]).use { couch -> changes(couch) } }

// @start region="main"
private suspend fun changes(couch: CouchDb) {
    val nothing = JsonObject(emptyMap())
    couch.put("news", nothing)
    val reader = createTask {
        couch.changes("news", since = "0").take(3).collect { change ->
            println("${change["seq"]}: ${change.getValue("id").jsonPrimitive.content}")
        }
    }
    for (name in listOf("one", "two", "three")) couch.put("news/$name", nothing)
    reader.await()
    couch.delete("news")
}
// @end
