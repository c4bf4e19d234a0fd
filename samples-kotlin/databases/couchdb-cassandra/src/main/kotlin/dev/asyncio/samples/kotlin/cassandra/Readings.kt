package dev.asyncio.samples.kotlin.cassandra

import com.datastax.oss.driver.api.core.cql.SimpleStatement
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.withPermit
import dev.asyncio.sync.Semaphore
import kotlinx.coroutines.flow.count

/** Writes many rows at once, and iterates over a result that comes page by page. Takes the address of a node. */
fun main(args: Array<String>) = asyncio { readings(args[0]) }

// @start region="main"
private suspend fun readings(address: String) = Cassandra.connect(address).use { cassandra ->
    cassandra.execute("CREATE KEYSPACE house WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}")
    cassandra.execute("CREATE TABLE house.reading (room text, n int, degrees int, PRIMARY KEY (room, n))")

    val insert = "INSERT INTO house.reading (room, n, degrees) VALUES (?, ?, ?)"
    val atOnce = Semaphore(100)
    val writes = List(1000) { n ->
        coroutine { atOnce.withPermit { cassandra.execute(insert, "kitchen", n, 20 + n % 3) } }
    }
    gather(writes)

    val query = SimpleStatement.newInstance("SELECT degrees FROM house.reading WHERE room = 'kitchen'").setPageSize(100)
    val warm = cassandra.rows(query).count { row -> row.getInt("degrees") > 21 }
    println("${writes.size} readings, $warm of them above 21 degrees")
    cassandra.execute("DROP KEYSPACE house")
    Unit
}
// @end
