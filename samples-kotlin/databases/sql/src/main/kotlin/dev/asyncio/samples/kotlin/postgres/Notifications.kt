package dev.asyncio.samples.kotlin.postgres

import dev.asyncio.coroutines.asFlow
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.reactive.asAsyncIterator
import dev.asyncio.samples.kotlin.sql.Session
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take

/** `LISTEN` and `NOTIFY` as an asynchronous iteration. Takes the address of a server. */
fun main(args: Array<String>) = asyncio { notifications(args[0]) }

// @start region="main"
private suspend fun notifications(address: String) {
    val database = Postgres(address, 2)
    database.use {
        database.connection { listener ->
            listener.execute("LISTEN news")
            val reader = createTask { notes(listener).take(3).collect { note -> println("heard: $note") } }
            for (text in listOf("one", "two", "three")) {
                database.connection { session -> session.query("SELECT pg_notify('news', $1)", text) { } }
            }
            reader.await()
        }
    }
}

/** The notifications from the collection on. What is not collected yet waits. */
private fun notes(listener: Session): Flow<String> = listener.connection.postgresql().notifications
    .onBackpressureBuffer(1000)
    .asAsyncIterator()
    .asFlow()
    .map { note -> note.parameter.orEmpty() }
// @end
