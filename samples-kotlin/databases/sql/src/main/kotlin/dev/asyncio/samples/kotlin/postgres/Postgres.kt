package dev.asyncio.samples.kotlin.postgres

import dev.asyncio.samples.kotlin.sql.Database
import io.r2dbc.postgresql.api.PostgresqlConnection
import io.r2dbc.spi.Connection
import io.r2dbc.spi.Wrapped

/** A pool of connections to PostgreSQL. The address is one like `postgresql://user:password@host:5432/database`. */
internal class Postgres(address: String, connections: Int) : Database(address, connections) {
    override val idQuery = "SELECT pg_backend_pid()"

    override fun cancelStatement(id: Long) = "SELECT pg_cancel_backend($id)"
}

/** What PostgreSQL can do and others cannot, of a connection that a pool has wrapped. */
internal fun Connection.postgresql(): PostgresqlConnection =
    checkNotNull((this as Wrapped<*>).unwrap(PostgresqlConnection::class.java))
