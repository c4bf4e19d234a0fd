package dev.asyncio.samples.kotlin.sql

import dev.asyncio.coroutines.reactive.awaitFirstOrNull
import dev.asyncio.coroutines.reactive.awaitSingle
import io.r2dbc.pool.ConnectionPool
import io.r2dbc.pool.ConnectionPoolConfiguration
import io.r2dbc.spi.Connection
import io.r2dbc.spi.ConnectionFactories
import kotlinx.coroutines.future.await
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono
import kotlin.coroutines.cancellation.CancellationException

/** A pool of connections, lent to coroutines: one that is cancelled gives back its connection as any other does. */
abstract class Database(address: String, connections: Int) {
    private val factory = ConnectionFactories.get("r2dbc:$address")
    private val pool = ConnectionPool(
        ConnectionPoolConfiguration
            .builder(factory)
            .initialSize(0)
            .maxSize(connections)
            .build(),
    )

    /** How many connections are lent at the moment. */
    val acquired: Int get() = pool.metrics.get().acquiredSize()

    /** The query that gives the number by which the server knows the connection. */
    protected abstract val idQuery: String

    /** The statement that makes the server give up what it runs for the connection with this number. */
    protected abstract fun cancelStatement(id: Long): String

    /** To be called when nobody waits any more for what this connection does: it takes another to say so. */
    private suspend fun canceller(connection: Connection): suspend () -> Unit {
        val id = Flux.from(connection.createStatement(idQuery).execute())
            .flatMap { result -> result.map { row -> (row.get(0) as Number).toLong() } }
            .awaitSingle()
        return {
            val control = Mono.from(factory.create()).awaitSingle()
            try {
                Flux.from(control.createStatement(cancelStatement(id)).execute())
                    .flatMap { result -> result.rowsUpdated }
                    .then()
                    .awaitFirstOrNull()
            } finally {
                control.close().awaitFirstOrNull()
            }
        }
    }

    // @start region="connection"
    /** Runs a body with a connection of the pool. */
    suspend fun <T> connection(body: suspend (Session) -> T): T {
        // Not awaitSingle: that would drop a connection which comes in the moment of a cancellation.
        val connecting = pool.create().toFuture()
        val connection = try {
            connecting.await()
        } catch (e: CancellationException) {
            connecting.thenAccept { Mono.from(it.close()).subscribe() } // it may have come nevertheless
            throw e
        }
        return try {
            body(Session(connection, canceller(connection)))
        } finally {
            connection.close().awaitFirstOrNull()
        }
    }
    // @end

    // @start region="transaction"
    /** Runs a body in a transaction. It is rolled back if the body throws, and a cancellation is thrown, too. */
    suspend fun <T> transaction(body: suspend (Session) -> T): T = connection { session ->
        val connection = session.connection
        connection.beginTransaction().awaitFirstOrNull()
        val result = try {
            body(session)
        } catch (e: Throwable) {
            connection.rollbackTransaction().awaitFirstOrNull()
            throw e
        }
        connection.commitTransaction().awaitFirstOrNull()
        result
    }
    // @end

    /** Runs a body, then closes all connections. */
    suspend fun <T> use(body: suspend () -> T): T = try {
        body()
    } finally {
        close()
    }

    suspend fun close() {
        pool.disposeLater().awaitFirstOrNull()
    }
}
