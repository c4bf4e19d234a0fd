package dev.asyncio.samples.kotlin.postgres

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.gather
import dev.asyncio.samples.kotlin.sql.Database

/** Two hundred tasks share ten connections. Takes the address of a server. */
fun main(args: Array<String>) = asyncio { pooledQueries(args[0]) }

// @start region="main"
private suspend fun pooledQueries(address: String) {
    val database = Postgres(address, 10)
    database.use {
        val backends = gather(List(200) { coroutine { backend(database) } })
        println("${backends.size} tasks, ${backends.distinct().size} connections")
    }
}

private suspend fun backend(database: Database): Int = database.connection { session ->
    session.query("SELECT pg_backend_pid() AS id FROM pg_sleep(0.01)") { row -> row.get("id") as Int }.single()
}
// @end
