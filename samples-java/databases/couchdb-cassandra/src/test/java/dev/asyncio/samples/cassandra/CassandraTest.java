package dev.asyncio.samples.cassandra;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.run;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.internal.core.pool.ChannelPool;
import com.datastax.oss.driver.internal.core.session.DefaultSession;
import dev.asyncio.TimeoutException;
import dev.asyncio.samples.servers.CassandraServer;
import dev.asyncio.samples.servers.Printed;
import dev.asyncio.samples.servers.ServerKind;
import dev.asyncio.samples.servers.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CassandraTest {
    private static final String QUERY = "SELECT release_version FROM system.local";

    @RegisterExtension
    static final TestServer SERVER = new TestServer(ServerKind.CASSANDRA);

    @Test
    void pagesAreIterated() throws Exception {
        assertEquals(List.of("1000 readings, 333 of them above 21 degrees"), Printed.by(Readings::main, SERVER));
    }

    @Test
    void failuresAreThrownAsTheyAre() {
        run(() -> {
            try (Cassandra cassandra = new Cassandra(SERVER.address())) {
                assertThrows(InvalidQueryException.class, () -> cassandra.execute("SELECT * FROM system.nothing"));
            }
        });
    }

    @Test
    void timeoutGivesUpTheRequest() throws Exception {
        CassandraServer node = (CassandraServer) SERVER.server();
        run(() -> {
            try (Cassandra cassandra = new Cassandra(SERVER.address())) {
                DefaultSession session = (DefaultSession) cassandra.session();
                ChannelPool pool = session.getPools().values().iterator().next();
                node.pause();
                try {
                    assertThrows(
                            TimeoutException.class,
                            () -> await(timeout(Duration.ofMillis(200), () -> cassandra.execute(QUERY))));
                    while (pool.getOrphanedIds() == 0) { // nobody waits for the answer any more
                        await(sleep(Duration.ofMillis(10)));
                    }
                } finally {
                    node.resume();
                }
                while (pool.getInFlight() > 0) { // it has come, and went nowhere
                    await(sleep(Duration.ofMillis(10)));
                }
                assertEquals(0, pool.getOrphanedIds());
                assertNotNull(cassandra.execute(QUERY).one());
            }
        });
    }
}
