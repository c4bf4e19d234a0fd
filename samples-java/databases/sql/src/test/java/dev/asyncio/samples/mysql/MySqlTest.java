package dev.asyncio.samples.mysql;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.gatherOutcomes;
import static dev.asyncio.Asyncio.run;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Task;
import dev.asyncio.samples.servers.Printed;
import dev.asyncio.samples.servers.ServerKind;
import dev.asyncio.samples.servers.TestServer;
import dev.asyncio.samples.sql.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MySqlTest {
    @RegisterExtension
    static final TestServer SERVER = new TestServer(ServerKind.MARIADB);

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
    void cancelledQueriesEndAtTheServer() {
        run(() -> {
            try (Database database = new MySql(SERVER.address(), 10);
                    Database observer = new MySql(SERVER.address(), 1)) {
                List<Task<Integer>> tasks = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    tasks.add(createTask(() -> rows(database, "SELECT SLEEP(3600)")));
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

    private static int rows(Database database, String sql) throws Exception {
        return database.connection(session -> session.execute(sql).size());
    }

    private static int sleeping(Database observer) throws Exception {
        return rows(observer, "SELECT 1 FROM information_schema.processlist WHERE state = 'User sleep'");
    }
}
