package dev.asyncio.samples.sql;

import static dev.asyncio.vertx.VertxFutures.awaitable;

import dev.asyncio.AsyncFunction;
import dev.asyncio.Asyncio;
import dev.asyncio.VoidCoroutine;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;

/** A pool of connections, lent to coroutines: one that is cancelled gives back its connection as any other does. */
public abstract class Database implements AutoCloseable {
    private final Pool pool;

    protected Database(Pool pool) {
        this.pool = pool;
    }

    /** Waits for what Vert.x does. */
    public static <T> T await(Future<T> future) {
        return Asyncio.await(awaitable(future));
    }

    /** What makes the server give up the statement that it runs for this connection. */
    protected abstract VoidCoroutine canceller(SqlConnection connection);

    // @start region="connection"
    /** Runs a body with a connection of the pool. */
    public <T> T connection(AsyncFunction<Session, T> body) throws Exception {
        SqlConnection connection = Asyncio.await(awaitable(pool.getConnection(), SqlConnection::close));
        try {
            return body.apply(new Session(connection, canceller(connection)));
        } finally {
            await(connection.close());
        }
    }
    // @end

    // @start region="transaction"
    /** Runs a body in a transaction. It is rolled back if the body throws, and a cancellation is thrown, too. */
    public <T> T transaction(AsyncFunction<Session, T> body) throws Exception {
        return connection(session -> {
            Transaction transaction = await(session.connection().begin());
            T result;
            try {
                result = body.apply(session);
            } catch (Throwable e) {
                await(transaction.rollback());
                throw e;
            }
            await(transaction.commit());
            return result;
        });
    }
    // @end

    /** How many connections there are. */
    public int size() {
        return pool.size();
    }

    @Override
    public void close() {
        await(pool.close());
    }
}
