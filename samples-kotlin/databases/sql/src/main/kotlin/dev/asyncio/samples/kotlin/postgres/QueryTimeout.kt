package dev.asyncio.samples.kotlin.postgres

import dev.asyncio.TimeoutException
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.timeout
import dev.asyncio.samples.kotlin.sql.Database
import kotlin.time.Duration.Companion.milliseconds

/** A query that takes too long is cancelled at the server, and its connection is free. Takes the address of a server. */
fun main(args: Array<String>) = asyncio { queryTimeout(args[0]) }

// @start region="main"
private suspend fun queryTimeout(address: String) {
    val database = Postgres(address, 1)
    database.use {
        try {
            timeout(200.milliseconds) { query(database, "SELECT 1 AS n FROM pg_sleep(3600)") }
        } catch (_: TimeoutException) {
            println("an hour is too long")
        }
        println("the only connection says ${query(database, "SELECT 2 AS n")}")
    }
}

private suspend fun query(database: Database, sql: String): Int = database.connection { session ->
    session.query(sql) { row -> (row.get("n") as Number).toInt() }.single()
}
// @end
