package dev.asyncio.samples.mysql;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.coroutine;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.run;

import dev.asyncio.Coroutine;
import dev.asyncio.samples.sql.Database;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Two hundred tasks share ten connections. */
public final class PooledQueries {
    private PooledQueries() {}

    /** Takes the address of a MySQL server. */
    public static void main(String[] args) {
        run(() -> main(args[0]));
    }

    // @start region="main"
    static void main(String address) throws Exception {
        try (Database database = new MySql(address, 10)) {
            List<Coroutine<Integer>> queries = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                queries.add(coroutine(() -> backend(database)));
            }
            List<Integer> backends = await(gather(queries));
            System.out.println(backends.size() + " tasks, " + new HashSet<>(backends).size() + " connections");
        }
    }

    private static int backend(Database database) throws Exception {
        return database.connection(session -> session.execute("SELECT CONNECTION_ID(), SLEEP(0.01)")
                .iterator()
                .next()
                .getInteger(0));
    }
    // @end
}
