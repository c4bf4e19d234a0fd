package dev.asyncio.samples.postgres;

import dev.asyncio.VoidCoroutine;
import dev.asyncio.samples.sql.Database;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;

/** A pool of connections to PostgreSQL. */
final class Postgres extends Database {
    /** The address is one like {@code postgresql://user:password@host:5432/database}. */
    Postgres(String address, int connections) {
        super(PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(connections))
                .connectingTo(address)
                .build());
    }

    @Override
    protected VoidCoroutine canceller(SqlConnection connection) {
        return () -> await(PgConnection.cast(connection).cancelRequest());
    }
}
