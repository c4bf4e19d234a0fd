package dev.asyncio.samples.postgres;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.gatherOutcomes;
import static dev.asyncio.Asyncio.run;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.CancelledError;
import dev.asyncio.Task;
import dev.asyncio.samples.servers.Printed;
import dev.asyncio.samples.servers.ServerKind;
import dev.asyncio.samples.servers.TestServer;
import dev.asyncio.samples.sql.Database;
import dev.asyncio.sync.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresTest {
    @RegisterExtension
    static final TestServer SERVER = new TestServer(ServerKind.POSTGRES);

    @Test
    void cancelledTransactionIsRolledBack() throws Exception {
        assertEquals(
                List.of("committed: ann 70, ben 130", "rolled back: ann 70, ben 130"),
                Printed.by(Accounts::main, SERVER));
    }

    @Test
    void tasksShareThePool() throws Exception {
        String line = Printed.by(PooledQueries::main, SERVER).get(0);

        assertTrue(line.matches("200 tasks, ([2-9]|10) connections"), line);
    }

    @Test
    void timeoutFreesTheConnection() throws Exception {
        assertEquals(
                List.of("an hour is too long", "the only connection says 2"), Printed.by(QueryTimeout::main, SERVER));
    }

    @Test
    void notificationsAreIterated() throws Exception {
        assertEquals(List.of("heard: one", "heard: two", "heard: three"), Printed.by(Notifications::main, SERVER));
    }

    @Test
    void cancelledQueriesEndAtTheServer() {
        run(() -> {
            try (Database database = new Postgres(SERVER.address(), 10);
                    Database observer = new Postgres(SERVER.address(), 1)) {
                List<Task<Integer>> tasks = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    tasks.add(createTask(() -> rows(database, "SELECT 1 FROM pg_sleep(3600)")));
                }
                while (sleeping(observer) < 10) {
                    await(sleep(Duration.ofMillis(10)));
                }

                tasks.forEach(Task::cancel);
                await(gatherOutcomes(tasks));

                assertTrue(tasks.stream().allMatch(Task::cancelled));
                assertEquals(0, sleeping(observer));
                assertEquals(10, database.size());
                tasks.clear();
                for (int i = 0; i < 20; i++) {
                    tasks.add(createTask(() -> rows(database, "SELECT 1")));
                }
                for (Task<Integer> task : tasks) {
                    assertEquals(1, await(task));
                }
            }
        });
    }

    @Test
    void connectionThatComesTooLateGoesBack() {
        run(() -> {
            try (Database database = new Postgres(SERVER.address(), 1)) {
                Event mayEnd = new Event();
                Task<Integer> first = createTask(() -> database.connection(session -> {
                    await(mayEnd.waitUntilSet());
                    return session.execute("SELECT 1").size();
                }));
                Task<Integer> second = createTask(() -> rows(database, "SELECT 1"));
                await(sleep(Duration.ZERO));
                second.cancel();
                assertThrows(CancelledError.class, () -> await(second));

                mayEnd.set();

                assertEquals(1, await(first));
                assertEquals(1, rows(database, "SELECT 1"));
            }
        });
    }

    @Test
    void failedTransactionIsRolledBack() {
        run(() -> {
            try (Database database = new Postgres(SERVER.address(), 1)) {
                database.connection(session -> session.execute("CREATE TABLE failed (n int)"));
                assertThrows(
                        ArithmeticException.class,
                        () -> database.transaction(session -> {
                            session.execute("INSERT INTO failed VALUES ($1)", 7);
                            throw new ArithmeticException();
                        }));
                assertEquals(0, rows(database, "SELECT * FROM failed"));
            }
        });
    }

    private static int rows(Database database, String sql) throws Exception {
        return database.connection(session -> session.execute(sql).size());
    }

    private static int sleeping(Database observer) throws Exception {
        return rows(observer, "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND wait_event = 'PgSleep'");
    }
}
