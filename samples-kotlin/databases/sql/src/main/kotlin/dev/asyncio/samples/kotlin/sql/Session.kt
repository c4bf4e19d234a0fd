package dev.asyncio.samples.kotlin.sql

import io.r2dbc.spi.Connection
import io.r2dbc.spi.Readable
import io.r2dbc.spi.Result
import kotlinx.coroutines.future.await
import org.reactivestreams.Publisher
import reactor.core.publisher.Flux
import kotlin.coroutines.cancellation.CancellationException

/** A connection, while a coroutine has it. */
class Session internal constructor(val connection: Connection, private val canceller: suspend () -> Unit) {
    // @start region="execute"
    /** The rows that a query finds, made into something by [read]. */
    suspend fun <T : Any> query(sql: String, vararg parameters: Any, read: (Readable) -> T): List<T> =
        execute(sql, parameters) { it.map(read) }

    /** Runs a statement, and gives the number of rows that it changed. */
    suspend fun execute(sql: String, vararg parameters: Any): Long =
        execute(sql, parameters) { it.rowsUpdated }.sum()

    /** Who is cancelled here leaves a connection on which nothing runs any more. */
    private suspend fun <T : Any> execute(
        sql: String,
        parameters: Array<out Any>,
        read: (Result) -> Publisher<T>,
    ): List<T> {
        val statement = connection.createStatement(sql)
        parameters.forEachIndexed { i, parameter -> statement.bind(i, parameter) }
        val rows = Flux.from(statement.execute()).flatMap(read).collectList().toFuture()
        try {
            return rows.copy().await()
        } catch (e: CancellationException) {
            canceller()
            rows.handle { _, _ -> }.await() // however it ends
            throw e
        }
    }
    // @end
}
