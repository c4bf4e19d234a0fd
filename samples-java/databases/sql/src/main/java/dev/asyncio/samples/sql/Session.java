package dev.asyncio.samples.sql;

import static dev.asyncio.samples.sql.Database.await;

import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.VoidCoroutine;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/** A connection, while a coroutine has it. */
public final class Session {
    private final SqlConnection connection;
    private final VoidCoroutine canceller;

    Session(SqlConnection connection, VoidCoroutine canceller) {
        this.connection = connection;
        this.canceller = canceller;
    }

    // @start region="execute"
    /** Runs a statement. Who is cancelled here leaves a connection on which nothing runs any more. */
    public RowSet<Row> execute(String sql, Object... parameters) {
        Future<RowSet<Row>> rows = connection.preparedQuery(sql).execute(Tuple.from(parameters));
        try {
            return await(rows);
        } catch (CancelledError e) {
            Asyncio.await(canceller);
            await(rows.otherwiseEmpty());
            throw e;
        }
    }
    // @end

    /** The connection itself. */
    public SqlConnection connection() {
        return connection;
    }
}
