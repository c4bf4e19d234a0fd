package dev.asyncio.streams;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.waitFor;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Carrier;
import dev.asyncio.Coroutine;
import dev.asyncio.IncompleteReadException;
import dev.asyncio.Task;
import dev.asyncio.TimeoutException;
import dev.asyncio.support.Jdk;
import dev.asyncio.support.Runs;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams between a client and a server in one loop. */
class StreamsOnEveryCarrierTest {
    static Stream<Carrier> carriers() {
        return Jdk.carriers().stream();
    }

    private static void echo(StreamReader reader, StreamWriter writer) {
        try (writer) {
            byte[] data;
            while ((data = await(reader.read(1000))).length > 0) {
                writer.write(data);
                await(writer.drain());
            }
        }
    }

    private static Server serve(ConnectionHandler handler) {
        return await(Streams.startServer(handler, "127.0.0.1", 0));
    }

    private static StreamConnection connectTo(Server server) {
        return await(Streams.openConnection("127.0.0.1", server.port()));
    }

    private static void end(Server server) {
        server.close();
        await(server.waitClosed());
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void manyClientsTalkToOneServer(Carrier carrier) {
        Runs.real(carrier, () -> {
            Server server = serve(StreamsOnEveryCarrierTest::echo);
            List<Coroutine<String>> clients = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String name = "client " + i + "\n";
                clients.add(() -> {
                    try (StreamConnection connection = connectTo(server)) {
                        StringBuilder heard = new StringBuilder();
                        for (int j = 0; j < 20; j++) {
                            connection.writer().write(name);
                            heard.append(await(connection.reader().readLine(UTF_8)));
                        }
                        assertEquals(name.repeat(20), heard.toString());
                        return name;
                    }
                });
            }
            assertEquals(50, await(gather(clients)).size());
            end(server);
        });
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void aSlowReaderHoldsTheWriterBack(Carrier carrier) {
        Runs.real(carrier, () -> {
            int[] mostBuffered = new int[1];
            Server server = serve((reader, writer) -> {
                try (writer) {
                    for (int i = 0; i < 500; i++) {
                        writer.write(new byte[20_000]);
                        mostBuffered[0] =
                                Math.max(mostBuffered[0], writer.transport().getWriteBufferSize());
                        await(writer.drain());
                    }
                }
            });
            try (StreamConnection connection = connectTo(server)) {
                for (int i = 0; i < 1000; i++) {
                    assertEquals(10_000, await(connection.reader().readExactly(10_000)).length);
                    await(sleep(Duration.ZERO));
                }
                assertTrue(await(connection.reader().read()).length == 0);
            }
            assertTrue(mostBuffered[0] <= 65536 + 20_000, () -> "buffered " + mostBuffered[0]);
            end(server);
        });
    }

    @Test
    void whereASelectWouldPinAHelperWaits() {
        Jdk.assumeAtLeast(21, "virtual threads");
        Carrier before = dev.asyncio.engine.io.SelectorPoller.Companion.getHelpedCarrier();
        dev.asyncio.engine.io.SelectorPoller.Companion.setHelpedCarrier(Carrier.VIRTUAL);
        try {
            manyClientsTalkToOneServer(Carrier.VIRTUAL);
            Runs.real(Carrier.VIRTUAL, () -> {
                Server server = serve(StreamsOnEveryCarrierTest::echo);
                try (StreamConnection connection = connectTo(server)) {
                    await(sleep(Duration.ofMillis(20))); // a timer ends a wait, too
                    createTask(() -> await(dev.asyncio.Asyncio.toThread(() -> "and another thread does")));
                    await(sleep(Duration.ofMillis(20)));
                    connection.writer().write("hello\n");
                    assertEquals("hello\n", await(connection.reader().readLine(UTF_8)));
                }
                end(server);
            });
        } finally {
            dev.asyncio.engine.io.SelectorPoller.Companion.setHelpedCarrier(before);
        }
    }

    @Test
    void anEndOfFileInReadExactlyNamesThePeer() {
        Runs.real(() -> {
            Server server = serve((reader, writer) -> {
                writer.write("abc");
                writer.close();
            });
            try (StreamConnection connection = connectTo(server)) {
                IncompleteReadException e = assertThrows(
                        IncompleteReadException.class,
                        () -> await(connection.reader().readExactly(10)));
                assertEquals("abc", new String(e.partial()));
                assertTrue(e.getMessage().endsWith("from 127.0.0.1:" + server.port()), e::getMessage);
            }
            end(server);
        });
    }

    @Test
    void aResetIsThrownByReadersAndDrainers() {
        Runs.real(() -> {
            Server server = serve((reader, writer) -> {
                writer.getExtraInfo("socket", SocketChannel.class).setOption(StandardSocketOptions.SO_LINGER, 0);
                writer.transport().abort();
            });
            StreamConnection connection = connectTo(server);
            SocketException reset = assertThrows(
                    SocketException.class, () -> await(connection.reader().read(1)));
            assertTrue(reset.getMessage().contains("reset"), reset::getMessage);
            assertTrue(reset.getMessage().contains("127.0.0.1:" + server.port()), reset::getMessage);
            assertThrows(SocketException.class, () -> await(connection.writer().drain()));
            SocketException atTheEnd = assertThrows(
                    SocketException.class, () -> await(connection.writer().waitClosed()));
            assertSame(reset, atTheEnd);
            assertThrows(SocketException.class, () -> await(connection.writer().waitClosed()));
            end(server);
        });
    }

    @Test
    void writingToALostConnectionEndsInAnException() {
        Runs.real(() -> {
            Server server = serve((reader, writer) -> writer.close());
            StreamConnection connection = connectTo(server);
            assertEquals(0, await(connection.reader().read()).length);
            connection.close();
            assertTrue(connection.writer().isClosing());
            await(connection.writer().waitClosed());
            SocketException lost = assertThrows(
                    SocketException.class, () -> await(connection.writer().drain()));
            assertEquals("Connection lost to 127.0.0.1:" + server.port(), lost.getMessage());
            end(server);
        });
    }

    @Test
    void halfClosedConnectionsGoOnInTheOtherDirection() {
        Runs.real(() -> {
            Server server = serve((reader, writer) -> {
                try (writer) {
                    byte[] all = await(reader.read());
                    writer.write("got " + all.length);
                }
            });
            try (StreamConnection connection = connectTo(server)) {
                connection.writer().writeLines(List.of(new byte[70_000], new byte[30_000]));
                connection.writer().writeEof();
                assertEquals("got 100000", new String(await(connection.reader().read())));
            }
            end(server);
        });
    }

    @Test
    void drainYieldsOnlyIfItHasTo() {
        Runs.real(() -> {
            Server server = serve(StreamsOnEveryCarrierTest::echo);
            try (StreamConnection connection = connectTo(server)) {
                boolean[] ran = new boolean[1];
                getRunningLoop().callSoon(() -> ran[0] = true);
                connection.writer().write("x");
                await(connection.writer().drain());
                assertFalse(ran[0]);
            }
            end(server);
        });
    }

    @Test
    void severalWaitInDrainAndAllAreReleased() {
        Runs.real(() -> {
            Server server = serve((reader, writer) -> {
                await(sleep(Duration.ofMillis(20)));
                await(reader.read());
                writer.close();
            });
            try (StreamConnection connection = connectTo(server)) {
                connection.writer().write(new byte[10_000_000]);
                Task<Void> first = createTask(() -> await(connection.writer().drain()));
                Task<Void> second = createTask(() -> await(connection.writer().drain()));
                assertThrows(
                        TimeoutException.class,
                        () -> await(waitFor(connection.writer().drain(), Duration.ofMillis(1))));
                await(gather(first, second));
            }
            end(server);
        });
    }

    @Test
    void aPeerThatNeverAnswersIsLeftByATimeout() {
        Runs.real(() -> {
            Server server = serve((reader, writer) -> {
                await(reader.read());
                writer.close();
            });
            try (StreamConnection connection = connectTo(server)) {
                assertThrows(
                        TimeoutException.class,
                        () -> await(waitFor(connection.reader().readLine(), Duration.ofMillis(20))));
            }
            end(server);
        });
    }

    @Test
    void refusedConnectionsNameTheAddress() {
        Runs.real(() -> {
            Server server = serve(StreamsOnEveryCarrierTest::echo);
            int port = server.port();
            end(server);
            ConnectException refused =
                    assertThrows(ConnectException.class, () -> await(Streams.openConnection("127.0.0.1", port)));
            assertEquals("cannot connect to 127.0.0.1:" + port + ": Connection refused", refused.getMessage());
        });
    }

    @Test
    void unknownHostsAreNamed() {
        Runs.real(() -> {
            UnknownHostException unknown = assertThrows(
                    UnknownHostException.class, () -> await(Streams.openConnection("no-such-host.invalid", 80)));
            assertEquals("unknown host: no-such-host.invalid:80", unknown.getMessage());
            assertThrows(IllegalArgumentException.class, () -> Streams.openConnection("localhost", 65536));
        });
    }

    @Test
    void happyEyeballsTakeWhatAnswers() {
        Runs.real(() -> {
            Server server = serve(StreamsOnEveryCarrierTest::echo);
            ConnectionOptions options = ConnectionOptions.DEFAULT.withHappyEyeballsDelay(Duration.ofMillis(50));
            try (StreamConnection connection = await(Streams.openConnection("localhost", server.port(), options))) {
                connection.writer().write("x\n");
                assertEquals("x\n", await(connection.reader().readLine(UTF_8)));
            }
            int port = server.port();
            end(server);
            assertThrows(ConnectException.class, () -> await(Streams.openConnection("localhost", port, options)));
            dev.asyncio.ExceptionGroup all = assertThrows(
                    dev.asyncio.ExceptionGroup.class,
                    () -> await(Streams.openConnection("localhost", port, options.withAllErrors(true))));
            assertTrue(all.getMessage().contains("cannot connect to localhost:" + port), all::getMessage);
        });
    }

    @Test
    void theLocalAddressIsChosen() {
        Runs.real(() -> {
            Server server = serve((reader, writer) -> {
                writer.write(writer.getExtraInfo("peername", InetSocketAddress.class)
                        .getAddress()
                        .getHostAddress());
                writer.close();
            });
            ConnectionOptions options =
                    ConnectionOptions.DEFAULT.withLocalAddress(new InetSocketAddress("127.0.0.2", 0));
            try (StreamConnection connection = await(Streams.openConnection("127.0.0.1", server.port(), options))) {
                assertEquals("127.0.0.2", new String(await(connection.reader().read())));
            }
            end(server);
        });
    }

    @Test
    void aCancelledConnectLeavesNothingOpen() {
        Runs.real(() -> {
            // An address that nobody answers at.
            Task<StreamConnection> connecting = createTask(() -> await(Streams.openConnection("192.0.2.1", 80)));
            await(sleep(Duration.ofMillis(20)));
            connecting.cancel();
            await(dev.asyncio.Asyncio.wait(List.of(connecting)));
            assertTrue(connecting.done());
            Server server = serve(StreamsOnEveryCarrierTest::echo);
            for (int turns = 0; turns < 5; turns++) {
                Task<StreamConnection> task = createTask(() -> connectTo(server));
                for (int i = 0; i < turns; i++) {
                    await(sleep(Duration.ZERO));
                }
                if (task.cancel()) {
                    await(dev.asyncio.Asyncio.wait(List.of(task)));
                }
                if (!task.cancelled()) {
                    task.result().close();
                }
            }
            end(server);
        });
    }

    @Test
    void aLimitIsForTheReadersOfAServerToo() {
        Runs.real(() -> {
            List<String> log = new ArrayList<>();
            Server server = await(Streams.startServer(
                    (reader, writer) -> {
                        try (writer) {
                            await(reader.readLine());
                        } catch (IllegalArgumentException e) {
                            log.add(e.getMessage());
                        }
                    },
                    "127.0.0.1",
                    0,
                    ServerOptions.DEFAULT.withLimit(10)));
            try (StreamConnection connection = connectTo(server)) {
                connection.writer().write("a line that is too long\n");
                assertEquals(0, await(connection.reader().read()).length);
                String self = "127.0.0.1:"
                        + connection
                                .writer()
                                .getExtraInfo("sockname", InetSocketAddress.class)
                                .getPort();
                assertEquals(
                        List.of("Separator is found, but chunk is longer than limit of 10 bytes, from " + self), log);
            }
            end(server);
        });
    }
}
