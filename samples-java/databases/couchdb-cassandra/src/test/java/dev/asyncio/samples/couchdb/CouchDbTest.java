package dev.asyncio.samples.couchdb;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.run;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.asyncio.AsyncIterator;
import dev.asyncio.TimeoutException;
import dev.asyncio.samples.servers.Printed;
import dev.asyncio.samples.servers.ServerKind;
import dev.asyncio.samples.servers.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CouchDbTest {
    @RegisterExtension
    static final TestServer SERVER = new TestServer(ServerKind.COUCHDB);

    @Test
    void documentsAreWrittenAndRead() throws Exception {
        assertEquals(
                List.of(
                        "the bear is at 1",
                        "one has to say which bear: true",
                        "3 birds came in one request",
                        "legs: [4, 2, 2, 2]"),
                Printed.by(Documents::main, SERVER));
    }

    @Test
    void changesAreIterated() throws Exception {
        assertEquals(List.of("1: one", "2: two", "3: three"), Printed.by(Changes::main, SERVER));
    }

    @Test
    void closedFeedEndsItsConnection() throws Exception {
        run(
                () -> {
                    CouchDb couch = new CouchDb(SERVER.address());
                    couch.put("closed", new JsonObject());
                    couch.put("closed/a", new JsonObject());
                    AsyncIterator<JsonObject> changes = couch.changes("closed", "0");
                    assertTrue(await(changes.advance()));
                    assertTrue(SERVER.connections() > 0);

                    await(changes.close());

                    connectionsEnd();
                },
                IOException.class);
    }

    @Test
    void timeoutEndsTheConnectionOfARequest() throws Exception {
        run(
                () -> {
                    CouchDb couch = new CouchDb(SERVER.address());
                    couch.put("slow", new JsonObject());
                    assertThrows(
                            TimeoutException.class,
                            () -> await(timeout(
                                    Duration.ofMillis(200), () -> couch.get("slow/_changes?feed=longpoll&since=now"))));

                    connectionsEnd();
                    assertEquals(0, couch.get("slow").get("doc_count").getAsInt());
                },
                IOException.class);
    }

    @Test
    void timeoutEndsTheConnectionOfAFeed() throws Exception {
        run(
                () -> {
                    CouchDb couch = new CouchDb(SERVER.address());
                    couch.put("feed", new JsonObject());
                    AsyncIterator<JsonObject> changes = couch.changes("feed", "0");
                    assertThrows(
                            TimeoutException.class,
                            () -> await(timeout(Duration.ofMillis(200), () -> await(changes.advance()))));

                    connectionsEnd();
                },
                IOException.class);
    }

    private static void connectionsEnd() throws IOException {
        while (SERVER.connections() > 0) {
            await(sleep(Duration.ofMillis(10)));
        }
    }
}
