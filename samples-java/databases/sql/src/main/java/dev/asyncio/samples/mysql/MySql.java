package dev.asyncio.samples.mysql;

import dev.asyncio.VoidCoroutine;
import dev.asyncio.samples.sql.Database;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;

/** A pool of connections to MySQL or MariaDB, and one connection more to cancel what the others do. */
final class MySql extends Database {
    private final Pool control;

    /** The address is one like {@code mysql://user:password@host:3306/database}. */
    MySql(String address, int connections) {
        super(pool(address, connections));
        control = pool(address, 1);
    }

    private static Pool pool(String address, int connections) {
        return MySQLBuilder.pool()
                .with(new PoolOptions().setMaxSize(connections))
                .connectingTo(address)
                .build();
    }

    @Override
    protected VoidCoroutine canceller(SqlConnection connection) {
        long id = await(connection.query("SELECT CONNECTION_ID()").execute())
                .iterator()
                .next()
                .getLong(0);
        return () -> await(control.query("KILL QUERY " + id).execute());
    }

    @Override
    public void close() {
        super.close();
        await(control.close());
    }
}
