package dev.asyncio.samples.kotlin.cassandra

import com.datastax.oss.driver.api.core.CqlSession
import com.datastax.oss.driver.api.core.config.DefaultDriverOption
import com.datastax.oss.driver.api.core.config.DriverConfigLoader
import com.datastax.oss.driver.api.core.cql.AsyncResultSet
import com.datastax.oss.driver.api.core.cql.Row
import com.datastax.oss.driver.api.core.cql.SimpleStatement
import com.datastax.oss.driver.api.core.cql.Statement
import dev.asyncio.coroutines.pages
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.future.await
import java.net.InetSocketAddress
import java.time.Duration

/** Cassandra's driver for coroutines. Cancelling one cancels the request that it waits for. */
internal class Cassandra private constructor(val session: CqlSession) {
    // @start region="rows"
    suspend fun execute(statement: Statement<*>): AsyncResultSet = session.executeAsync(statement).await()

    /** All rows of a result, the next page of which is fetched when the last row of the one before has been used. */
    fun rows(query: Statement<*>): Flow<Row> = pages(
        first = { execute(query) },
        elements = { page -> page.currentPage() },
        next = { page -> if (page.hasMorePages()) page.fetchNextPage().await() else null },
    )
    // @end

    suspend fun execute(cql: String, vararg values: Any): AsyncResultSet =
        execute(SimpleStatement.newInstance(cql, *values))

    suspend fun <T> use(body: suspend (Cassandra) -> T): T = try {
        body(this)
    } finally {
        session.closeAsync().await()
    }

    companion object {
        /** How long one waits is up to who waits, by `timeout`: the limit of the driver is far above. */
        private val LIMITS = DriverConfigLoader.programmaticBuilder()
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofMinutes(1))
            .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, Duration.ofMinutes(1))
            .build()

        /** The address of a node is one like `localhost:9042`. */
        suspend fun connect(address: String): Cassandra {
            val node = InetSocketAddress(address.substringBeforeLast(':'), address.substringAfterLast(':').toInt())
            val session = CqlSession.builder()
                .addContactPoint(node)
                .withLocalDatacenter("datacenter1")
                .withConfigLoader(LIMITS)
                .buildAsync()
            return Cassandra(session.await())
        }
    }
}
