package dev.asyncio.samples.postgres;

import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.samples.sql.Database.await;

import dev.asyncio.AsyncIterator;
import dev.asyncio.EventLoop;
import dev.asyncio.queues.Queue;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;

/** What is notified on a channel of PostgreSQL, from now on until it is closed or the connection breaks. */
final class Listener implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Queue<String> arrived = new Queue<>();
    private final PgConnection connection;

    // @start region="listen"
    Listener(String address, String channel) {
        EventLoop loop = getRunningLoop();
        connection = await(PgConnection.connect(vertx, address));
        connection.notificationHandler(note -> loop.callSoonThreadsafe(() -> arrived.putNowait(note.getPayload())));
        connection.closeHandler(gone -> loop.callSoonThreadsafe(arrived::shutdown));
        await(connection.query("LISTEN " + channel).execute());
    }

    /** The notifications, in the order in which they were sent. */
    AsyncIterator<String> notes() {
        return arrived.items();
    }
    // @end

    @Override
    public void close() {
        connection.notificationHandler(null).closeHandler(null);
        arrived.shutdown();
        await(vertx.close()); // and with it the connection
    }
}
