package dev.asyncio.samples.cassandra;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.coroutine;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.run;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.asyncio.Coroutine;
import dev.asyncio.sync.Semaphore;
import java.util.ArrayList;
import java.util.List;

/** Writes many rows at once, and iterates over a result that comes page by page. */
public final class Readings {
    private Readings() {}

    /** Takes the address of a node of Cassandra. */
    public static void main(String[] args) {
        run(() -> main(args[0]));
    }

    // @start region="main"
    static void main(String address) {
        try (Cassandra cassandra = new Cassandra(address)) {
            cassandra.execute(
                    "CREATE KEYSPACE house WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
            cassandra.execute("CREATE TABLE house.reading (room text, n int, degrees int, PRIMARY KEY (room, n))");

            String insert = "INSERT INTO house.reading (room, n, degrees) VALUES (?, ?, ?)";
            Semaphore atOnce = new Semaphore(100);
            List<Coroutine<AsyncResultSet>> writes = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                int n = i;
                writes.add(coroutine(() ->
                        await(atOnce.hold(() -> cassandra.execute(insert, "kitchen", n, 20 + n % 3)))));
            }
            await(gather(writes));

            Statement<?> query = SimpleStatement.newInstance("SELECT degrees FROM house.reading WHERE room = 'kitchen'")
                    .setPageSize(100);
            int warm = await(cassandra
                            .rows(query)
                            .filter(row -> row.getInt("degrees") > 21)
                            .toList())
                    .size();
            System.out.println(writes.size() + " readings, " + warm + " of them above 21 degrees");
            cassandra.execute("DROP KEYSPACE house");
        }
    }
    // @end
}
