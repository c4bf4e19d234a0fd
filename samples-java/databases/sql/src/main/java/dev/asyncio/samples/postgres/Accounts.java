package dev.asyncio.samples.postgres;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.run;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.CancelledError;
import dev.asyncio.Task;
import dev.asyncio.samples.sql.Database;
import dev.asyncio.samples.sql.Session;
import dev.asyncio.sync.Event;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.StringJoiner;

/** Queries and transactions. A transaction whose task is cancelled is rolled back. */
public final class Accounts {
    private Accounts() {}

    // @start region="main"
    /** Takes the address of a PostgreSQL server. */
    public static void main(String[] args) {
        run(() -> main(args[0]));
    }

    static void main(String address) throws Exception {
        try (Database bank = new Postgres(address, 10)) {
            bank.connection(session -> {
                session.execute("CREATE TABLE account (owner text PRIMARY KEY, cents int NOT NULL)");
                return session.execute("INSERT INTO account VALUES ('ann', 100), ('ben', 100)");
            });

            bank.transaction(session -> transfer(session, "ann", "ben", 30));
            System.out.println("committed: " + balances(bank));

            Event transferred = new Event();
            Task<Void> slow = createTask(() -> bank.transaction(session -> {
                transfer(session, "ann", "ben", 50);
                transferred.set();
                await(sleep(Duration.ofHours(1)));
                return null;
            }));
            await(transferred.waitUntilSet());
            slow.cancel();
            try {
                await(slow);
            } catch (CancelledError e) {
                System.out.println("rolled back: " + balances(bank));
            }
            bank.connection(session -> session.execute("DROP TABLE account"));
        }
    }

    private static Void transfer(Session session, String from, String to, int cents) {
        String sql = "UPDATE account SET cents = cents + $1 WHERE owner = $2";
        session.execute(sql, -cents, from);
        session.execute(sql, cents, to);
        return null;
    }

    private static String balances(Database bank) throws Exception {
        return bank.connection(session -> {
            StringJoiner balances = new StringJoiner(", ");
            for (Row row : session.execute("SELECT owner, cents FROM account ORDER BY owner")) {
                balances.add(row.getString("owner") + " " + row.getInteger("cents"));
            }
            return balances.toString();
        });
    }
    // @end
}
