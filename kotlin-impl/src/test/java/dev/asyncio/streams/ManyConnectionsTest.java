package dev.asyncio.streams;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.getRunningLoop;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.Future;
import dev.asyncio.support.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Ten thousand connections on one loop; their other ends are on the loop of another process. */
class ManyConnectionsTest {
    private static final int CONNECTIONS = 10_000;
    private static final int FILES_NEEDED = CONNECTIONS + 200;

    /** Sends back what it gets. */
    private static final class Echo implements Protocol {
        private static Future<?> served;
        private static int gone;
        private Transport transport;

        @Override
        public void connectionMade(Transport transport) {
            this.transport = transport;
        }

        @Override
        public void dataReceived(byte[] data) {
            transport.write(data);
        }

        @Override
        public void connectionLost(@Nullable Throwable exception) {
            if (++gone == CONNECTIONS) {
                served.setResult(null);
            }
        }
    }

    /** Counts the answers of all clients. */
    private static final class Client implements Protocol {
        private final int[] answers;
        private final Future<?> all;
        private Transport transport;

        Client(int[] answers, Future<?> all) {
            this.answers = answers;
            this.all = all;
        }

        @Override
        public void connectionMade(Transport transport) {
            this.transport = transport;
        }

        @Override
        public void dataReceived(byte[] data) {
            answers[0] += data.length;
            if (answers[0] == CONNECTIONS) {
                all.setResult(null);
            }
        }

        @Override
        public void connectionLost(@Nullable Throwable exception) {
            if (exception != null) {
                System.out.println("lost: " + exception);
            }
        }
    }

    /** The program that serves, until its last connection is gone. */
    public static final class Serving {
        public static void main(String[] args) {
            Asyncio.run(() -> {
                Server server = await(getRunningLoop()
                        .createServer(Echo::new, "127.0.0.1", 0, ServerOptions.DEFAULT.withBacklog(1000)));
                System.out.println(server.port());
                Echo.served = getRunningLoop().createFuture();
                await(Echo.served);
                server.close();
                await(server.waitClosed());
                System.out.println("closed");
            });
        }
    }

    /** The program that opens all connections, has each answer a byte, and closes them. */
    public static final class Connecting {
        public static void main(String[] args) {
            int port = Integer.parseInt(args[0]);
            Asyncio.run(() -> {
                int[] answers = new int[1];
                Future<?> all = getRunningLoop().createFuture();
                List<Client> clients = new ArrayList<>();
                for (int i = 0; i < CONNECTIONS; i++) {
                    clients.add(await(getRunningLoop()
                                    .createConnection(() -> new Client(answers, all), "127.0.0.1", port))
                            .protocol());
                }
                System.out.println("open: " + clients.size());
                for (Client client : clients) {
                    client.transport.write(new byte[1]);
                }
                await(all);
                System.out.println("answered: " + answers[0]);
                for (Client client : clients) {
                    client.transport.close();
                }
            });
        }
    }

    @Test
    void tenThousandConnectionsAreServed() throws Exception {
        String raise = "ulimit -n " + FILES_NEEDED;
        int status = new ProcessBuilder("/bin/sh", "-c", raise).start().waitFor();
        assumeTrue(status == 0, "the limit of open files cannot be raised to " + FILES_NEEDED);
        try (ChildJvm server = ChildJvm.with().limitedBy(raise).start(Serving.class)) {
            String port = server.awaitAnyLine();
            try (ChildJvm client = ChildJvm.with().limitedBy(raise).start(Connecting.class, port)) {
                assertEquals(List.of("open: " + CONNECTIONS, "answered: " + CONNECTIONS), client.lines());
            }
            assertEquals(List.of(port, "closed"), server.lines());
        }
    }
}
