package dev.asyncio.samples.postgres;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.run;

import dev.asyncio.Task;
import dev.asyncio.samples.sql.Database;
import java.util.List;

/** {@code LISTEN} and {@code NOTIFY} as an asynchronous iteration. */
public final class Notifications {
    private Notifications() {}

    /** Takes the address of a PostgreSQL server. */
    public static void main(String[] args) {
        run(() -> main(args[0]));
    }

    // @start region="main"
    static void main(String address) throws Exception {
        try (Database database = new Postgres(address, 1);
                Listener listener = new Listener(address, "news")) {
            Task<Void> reader = createTask(
                    () -> await(listener.notes().take(3).forEach(note -> System.out.println("heard: " + note))));
            for (String text : List.of("one", "two", "three")) {
                database.connection(session -> session.execute("SELECT pg_notify('news', $1)", text));
            }
            await(reader);
        }
    }
    // @end
}
