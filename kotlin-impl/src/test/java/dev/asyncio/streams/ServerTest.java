package dev.asyncio.streams;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.CancelledError;
import dev.asyncio.Task;
import dev.asyncio.support.Runs;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The life of a server. */
class ServerTest {
    private static final ConnectionHandler UNTIL_EOF = (reader, writer) -> {
        await(reader.read());
        writer.close();
    };

    private static Server serve(ConnectionHandler handler, ServerOptions options) {
        return await(Streams.startServer(handler, "127.0.0.1", 0, options));
    }

    private static StreamConnection connectTo(Server server) {
        return await(Streams.openConnection("127.0.0.1", server.port()));
    }

    private static void settle() {
        await(sleep(Duration.ofMillis(20)));
    }

    @Test
    void itServesUntilItIsClosedAndItsConnectionsAreGone() {
        Runs.real(() -> {
            Server server = serve(UNTIL_EOF, ServerOptions.DEFAULT);
            assertTrue(server.isServing());
            assertSame(getRunningLoop(), server.getLoop());
            assertEquals(1, server.sockets().size());
            int port = server.port();
            StreamConnection connection = connectTo(server);
            settle();
            Task<Void> waiting = createTask(() -> await(server.waitClosed()));
            server.close();
            server.close();
            assertFalse(server.isServing());
            assertEquals(List.of(), server.sockets());
            assertThrows(IllegalStateException.class, server::port);
            assertThrows(ConnectException.class, () -> await(Streams.openConnection("127.0.0.1", port)));
            settle();
            assertFalse(waiting.done()); // there is a connection left
            connection.close();
            await(waiting);
            await(server.waitClosed());
        });
    }

    @Test
    void connectionsAreAcceptedOnceItStartsServing() {
        Runs.real(() -> {
            List<String> log = new ArrayList<>();
            Server server = serve(
                    (reader, writer) -> {
                        log.add("connection");
                        writer.close();
                    },
                    ServerOptions.DEFAULT.withStartServing(false));
            assertFalse(server.isServing());
            StreamConnection connection = connectTo(server); // stands in line
            settle();
            assertEquals(List.of(), log);
            await(server.startServing());
            await(server.startServing());
            assertTrue(server.isServing());
            assertEquals(0, await(connection.reader().read()).length);
            assertEquals(List.of("connection"), log);
            connection.close();
            server.close();
            await(server.waitClosed());
        });
    }

    @Test
    void serveForeverEndsByCancellation() {
        Runs.real(() -> {
            Server server = serve(UNTIL_EOF, ServerOptions.DEFAULT.withStartServing(false));
            Task<Void> serving = createTask(() -> await(server.serveForever()));
            await(sleep(Duration.ZERO));
            assertTrue(server.isServing());
            assertThrows(IllegalStateException.class, () -> await(server.serveForever()));
            serving.cancel();
            assertThrows(CancelledError.class, () -> await(serving));
            assertFalse(server.isServing());
            IllegalStateException closed =
                    assertThrows(IllegalStateException.class, () -> await(server.serveForever()));
            assertTrue(closed.getMessage().contains("is closed"), closed::getMessage);
        });
    }

    @Test
    void closingEndsServeForever() {
        Runs.real(() -> {
            Server server = serve(UNTIL_EOF, ServerOptions.DEFAULT);
            Task<Void> serving = createTask(() -> await(server.serveForever()));
            await(sleep(Duration.ZERO));
            server.close();
            assertThrows(CancelledError.class, () -> await(serving));
        });
    }

    @Test
    void clientsAreClosedOrAborted() {
        Runs.real(() -> {
            for (boolean abort : new boolean[] {false, true}) {
                Server server = serve(UNTIL_EOF, ServerOptions.DEFAULT);
                StreamConnection first = connectTo(server);
                StreamConnection second = connectTo(server);
                settle();
                if (abort) {
                    server.abortClients();
                } else {
                    server.closeClients();
                }
                assertEquals(0, await(first.reader().read()).length);
                assertEquals(0, await(second.reader().read()).length);
                assertTrue(server.isServing());
                first.close();
                second.close();
                server.close();
                await(server.waitClosed());
            }
        });
    }

    @Test
    void aHandlerThatFailsIsReportedAndItsConnectionClosed() {
        Runs.real(() -> {
            List<String> reports = new ArrayList<>();
            getRunningLoop()
                    .setExceptionHandler((l, report) -> reports.add(
                            report.message() + ": " + report.exception().getMessage()));
            Server server = serve(
                    (reader, writer) -> {
                        throw new IOException("oops");
                    },
                    ServerOptions.DEFAULT);
            try (StreamConnection connection = connectTo(server)) {
                assertEquals(0, await(connection.reader().read()).length);
            }
            assertEquals(List.of("Unhandled exception in client_connected_cb: oops"), reports);
            server.close();
            await(server.waitClosed());
        });
    }

    @Test
    void aHandlerThatIsCancelledClosesItsConnectionSilently() {
        Runs.real(() -> {
            List<Task<?>> tasks = new ArrayList<>();
            Server server = serve(
                    (reader, writer) -> {
                        tasks.add(dev.asyncio.Asyncio.currentTask());
                        await(reader.read());
                    },
                    ServerOptions.DEFAULT);
            try (StreamConnection connection = connectTo(server)) {
                settle();
                tasks.get(0).cancel();
                assertEquals(0, await(connection.reader().read()).length);
            }
            server.close();
            await(server.waitClosed());
        });
    }

    @Test
    void aFactoryThatFailsHarmsNobodyElse() {
        Runs.real(() -> {
            List<String> reports = new ArrayList<>();
            getRunningLoop().setExceptionHandler((l, report) -> reports.add(report.message()));
            int[] made = new int[1];
            Server server = await(getRunningLoop()
                    .createServer(
                            () -> {
                                if (made[0]++ == 0) {
                                    throw new IllegalStateException("oops");
                                }
                                return new RecordingProtocol();
                            },
                            "127.0.0.1",
                            0));
            try (StreamConnection connection = connectTo(server)) {
                assertEquals(0, await(connection.reader().read()).length);
            }
            assertEquals(List.of(), reports);
            try (StreamConnection connection = connectTo(server)) {
                settle();
                assertFalse(connection.reader().atEof());
            }
            server.close();
            await(server.waitClosed());
        });
    }

    @Test
    void itSeesAConnectionBeforeAClientOnTheSameLoopDoes() {
        List<String> log = new ArrayList<>();
        Runs.real(() -> {
            Server server = await(getRunningLoop().createServer(() -> telling(log, "server"), "127.0.0.1", 0));
            Endpoint<Transport, Protocol> client =
                    await(getRunningLoop().createConnection(() -> telling(log, "client"), "127.0.0.1", server.port()));
            log.add("connected");
            client.transport().abort();
            server.close();
            await(server.waitClosed());
        });
        assertEquals(List.of("server", "client", "connected"), log);
    }

    private static Protocol telling(List<String> log, String name) {
        return new Protocol() {
            @Override
            public void connectionMade(Transport transport) {
                log.add(name);
            }

            @Override
            public void dataReceived(byte[] data) {}
        };
    }

    @Test
    void aPortInUseIsNamed() {
        Runs.real(() -> {
            Server server = serve(UNTIL_EOF, ServerOptions.DEFAULT);
            int port = server.port();
            BindException inUse =
                    assertThrows(BindException.class, () -> await(Streams.startServer(UNTIL_EOF, "127.0.0.1", port)));
            assertEquals(
                    "error while attempting to bind on address 127.0.0.1:" + port + ": Address already in use",
                    inUse.getMessage());
            server.close();
            await(server.waitClosed());
            Server again = await(Streams.startServer(UNTIL_EOF, "127.0.0.1", port));
            again.close();
        });
    }

    @Test
    void anAddressThatIsNotOursIsNamed() {
        Runs.real(() -> {
            BindException notOurs =
                    assertThrows(BindException.class, () -> await(Streams.startServer(UNTIL_EOF, "192.0.2.1", 0)));
            assertTrue(notOurs.getMessage().contains("192.0.2.1:0"), notOurs::getMessage);
        });
    }

    @Test
    void severalHostsHaveASocketEach() {
        Runs.real(() -> {
            Server server = await(getRunningLoop()
                    .createServer(
                            RecordingProtocol::new,
                            List.of("127.0.0.1", "127.0.0.2", "127.0.0.1"),
                            0,
                            ServerOptions.DEFAULT));
            assertEquals(2, server.sockets().size());
            InetSocketAddress first =
                    (InetSocketAddress) server.sockets().get(0).getLocalAddress();
            InetSocketAddress second =
                    (InetSocketAddress) server.sockets().get(1).getLocalAddress();
            assertNotEquals(first.getPort(), second.getPort());
            server.close();
        });
    }

    @Test
    void withoutAHostItListensEverywhere() {
        Runs.real(() -> {
            Server server = await(Streams.startServer(UNTIL_EOF, null, 0));
            try (StreamConnection connection = await(Streams.openConnection("127.0.0.2", server.port()))) {
                assertFalse(connection.writer().isClosing());
            }
            server.close();
            await(server.waitClosed());
        });
    }

    @Test
    void aBoundChannelIsTakenOver() {
        Runs.real(() -> {
            ServerSocketChannel channel = ServerSocketChannel.open();
            assertThrows(
                    IllegalArgumentException.class,
                    () -> await(getRunningLoop().createServer(RecordingProtocol::new, channel, ServerOptions.DEFAULT)));
            channel.bind(new InetSocketAddress("127.0.0.1", 0));
            Server server =
                    await(getRunningLoop().createServer(RecordingProtocol::new, channel, ServerOptions.DEFAULT));
            connectTo(server).close();
            assertThrows(
                    IllegalStateException.class, () -> await(getRunningLoop().sockAccept(channel)));
            settle();
            server.close();
            await(server.waitClosed());
            assertFalse(channel.isOpen());
        });
    }
}
