package dev.asyncio.samples.mysql;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.run;
import static dev.asyncio.Asyncio.timeout;

import dev.asyncio.TimeoutException;
import dev.asyncio.samples.sql.Database;
import java.time.Duration;

/** A query that takes too long is cancelled at the server, and its connection is free for others. */
public final class QueryTimeout {
    private QueryTimeout() {}

    /** Takes the address of a MySQL server. */
    public static void main(String[] args) {
        run(() -> main(args[0]));
    }

    // @start region="main"
    static void main(String address) throws Exception {
        try (Database database = new MySql(address, 1)) {
            try {
                await(timeout(Duration.ofMillis(200), () -> query(database, "SELECT SLEEP(3600)")));
            } catch (TimeoutException e) {
                System.out.println("an hour is too long");
            }
            System.out.println("the only connection says " + query(database, "SELECT 2"));
        }
    }

    private static int query(Database database, String sql) throws Exception {
        return database.connection(
                session -> session.execute(sql).iterator().next().getInteger(0));
    }
    // @end
}
