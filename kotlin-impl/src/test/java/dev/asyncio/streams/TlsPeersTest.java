package dev.asyncio.streams;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.toThread;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.EventLoop;
import dev.asyncio.Future;
import dev.asyncio.ReturnWhen;
import dev.asyncio.Task;
import dev.asyncio.support.ManualTlsClient;
import dev.asyncio.support.Runs;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TLS with peers that say unusual things, or usual ones at unusual times. */
class TlsPeersTest extends TlsFixture {
    /** What a client does that may block. */
    private interface Client {
        void talk(ManualTlsClient client) throws Exception;
    }

    private static Server serve(RecordingProtocol protocol, TlsOptions options) {
        return await(
                getRunningLoop().createServer(() -> protocol, "127.0.0.1", 0, ServerOptions.DEFAULT.withTls(options)));
    }

    /** Lets a client talk with a server, and gives what the server's connection was lost with. */
    private static @Nullable Throwable talk(
            RecordingProtocol protocol, TlsOptions options, SSLContext context, String version, Client client) {
        Server server = serve(protocol, options);
        int port = server.port();
        Task<Void> talking = Asyncio.createTask(toThread(() -> {
            try (ManualTlsClient connected = ManualTlsClient.connect(context, version, port)) {
                client.talk(connected);
            }
            return null;
        }));
        Throwable cause = await(protocol.lost);
        await(talking);
        server.close();
        await(server.waitClosed());
        return cause;
    }

    private static @Nullable Throwable talk(RecordingProtocol protocol, String version, Client client) {
        return talk(protocol, TlsOptions.of(serverContext), clientContext, version, client);
    }

    /** Closes when something comes. */
    private static final class ClosingProtocol extends RecordingProtocol {
        @Override
        public void dataReceived(byte[] data) {
            super.dataReceived(data);
            transport.close();
        }
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anotherHandshakeInsteadOfTheEndIsAnError() {
        Runs.real(() -> {
            Throwable cause = talk(new ClosingProtocol(), "TLSv1.2", client -> {
                client.write("hi");
                client.send();
                client.awaitAnything();
                client.greetAgain();
                client.writeRaw(23, 3, 3, 0, 1, 0);
                client.send();
            });
            assertInstanceOf(SSLException.class, cause);
            assertTrue(cause.getMessage().contains("another handshake after close notify"), cause::getMessage);
        });
    }

    @Test
    void dataInsteadOfTheEndIsAnError() {
        Runs.real(() -> {
            for (String version : List.of("TLSv1.2", "TLSv1.3")) {
                RecordingProtocol protocol = new ClosingProtocol();
                Throwable cause = talk(protocol, version, client -> {
                    client.write("hi");
                    client.send();
                    client.write("more");
                    client.awaitAnything();
                    client.send();
                });
                assertInstanceOf(SSLException.class, cause);
                assertTrue(cause.getMessage().contains("application data after close notify"), cause::getMessage);
            }
        });
    }

    @Test
    void whatCameBeforeTheEndIsReadThoughTheHandshakeTakesLonger() {
        Runs.real(() -> {
            for (int i = 0; i < 5; i++) {
                RecordingProtocol protocol = new RecordingProtocol();
                TlsOptions options = TlsOptions.of(serverContext).withNeedClientAuth(true);
                assertNull(talk(protocol, options, serverContext, "TLSv1.3", client -> {
                    client.write("hello");
                    client.end();
                    client.recordTypes();
                }));
                assertEquals(List.of("made", "data hello", "eof", "lost"), protocol.log);
            }
        });
    }

    @Test
    void aRequestThatComesWithTheEndIsAnswered() {
        Runs.real(() -> {
            List<Integer> types = new ArrayList<>();
            RecordingProtocol protocol = new RecordingProtocol() {
                @Override
                public void dataReceived(byte[] data) {
                    transport.write("answer".getBytes(UTF_8));
                }
            };
            talk(protocol, "TLSv1.2", client -> {
                client.write("request");
                client.end();
                types.addAll(client.recordTypes());
            });
            assertTrue(types.contains(23), types::toString);
        });
    }

    @Test
    void aProtocolThatFailsAtOnceIsNotGivenData() {
        Runs.real(() -> {
            getRunningLoop().setExceptionHandler((loop, report) -> {});
            RecordingProtocol protocol = new RecordingProtocol() {
                @Override
                public void connectionMade(Transport transport) {
                    super.connectionMade(transport);
                    throw new IllegalStateException("boom");
                }
            };
            talk(protocol, "TLSv1.3", client -> {
                client.write("hello");
                client.send();
            });
            assertEquals(List.of("made", "lost boom"), protocol.log);
        });
    }

    @Test
    void aServerMayAskForACertificateLater() {
        Runs.real(() -> {
            SSLServerSocket listening = (SSLServerSocket)
                    serverContext.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
            Future<Integer> renegotiated = getRunningLoop().createFuture();
            EventLoop loop = getRunningLoop();
            Task<Integer> serving = Asyncio.createTask(toThread(() -> {
                try (listening;
                        SSLSocket socket = (SSLSocket) listening.accept()) {
                    socket.setSoTimeout(10_000);
                    socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                    socket.startHandshake();
                    socket.addHandshakeCompletedListener(
                            event -> loop.callSoonThreadsafe(() -> renegotiated.setResult(1)));
                    socket.setNeedClientAuth(true);
                    socket.startHandshake();
                    socket.getInputStream().read();
                    return socket.getSession().getPeerCertificates().length;
                }
            }));
            TlsOptions options = TlsOptions.of(serverContext);
            try (StreamConnection connection = await(Streams.openConnection(
                    "127.0.0.1", listening.getLocalPort(), ConnectionOptions.DEFAULT.withTls(options)))) {
                await(Asyncio.wait(List.of(renegotiated, serving), ReturnWhen.FIRST_COMPLETED));
                connection.writer().write("x");
                assertEquals(1, await(serving));
            }
        });
    }

    /** Fills a small buffer, and does something when it is full. */
    private static final class SmallBuffer implements BufferedProtocol {
        final ByteBuffer all = ByteBuffer.allocate(10_000);
        final Future<Throwable> lost = getRunningLoop().createFuture();
        final List<String> log = new ArrayList<>();
        private final ByteBuffer buffer = ByteBuffer.allocate(4096);
        private final Consumer<Transport> whenFull;
        private Transport transport;

        SmallBuffer(Consumer<Transport> whenFull) {
            this.whenFull = whenFull;
        }

        @Override
        public void connectionMade(Transport transport) {
            this.transport = transport;
        }

        @Override
        public ByteBuffer getBuffer(int sizeHint) {
            return buffer;
        }

        @Override
        public void bufferUpdated(int count) {
            if (!buffer.hasRemaining()) {
                log.add("full");
                whenFull.accept(transport);
            }
        }

        /** Makes room. */
        void takeOut() {
            buffer.flip();
            all.put(buffer);
            buffer.clear();
        }

        @Override
        public boolean eofReceived() {
            log.add("eof");
            return false;
        }

        @Override
        public void connectionLost(@Nullable Throwable exception) {
            takeOut();
            lost.setResult(exception);
        }
    }

    private static Endpoint<Transport, SmallBuffer> read(Server server, Consumer<Transport> whenFull) {
        TlsOptions options = TlsOptions.of(clientContext);
        return await(getRunningLoop()
                .createConnection(
                        () -> new SmallBuffer(whenFull),
                        "127.0.0.1",
                        server.port(),
                        ConnectionOptions.DEFAULT.withTls(options)));
    }

    private static Server sending(byte[] data) {
        return await(Streams.startServer(
                (reader, writer) -> {
                    writer.write(data);
                    writer.close();
                },
                "127.0.0.1",
                0,
                ServerOptions.DEFAULT.withSsl(serverContext)));
    }

    @Test
    void aBufferedProtocolMayPauseAndGetsAllBeforeTheEnd() {
        Runs.real(() -> {
            byte[] data = new byte[10_000];
            new Random(3).nextBytes(data);
            Server server = sending(data);
            SmallBuffer protocol = read(server, transport -> {
                        transport.pauseReading();
                        SmallBuffer full = (SmallBuffer) transport.getProtocol();
                        Asyncio.getRunningLoop().callSoon(() -> {
                            full.takeOut();
                            transport.resumeReading();
                        });
                    })
                    .protocol();
            assertNull(await(protocol.lost));
            assertEquals(List.of("full", "full", "eof"), protocol.log);
            assertArrayEquals(data, protocol.all.array());
            server.close();
            await(server.waitClosed());
        });
    }

    @Test
    void aBufferedProtocolThatAbortsIsNotAskedForMoreRoom() {
        Runs.real(() -> {
            List<String> reports = new ArrayList<>();
            getRunningLoop().setExceptionHandler((loop, report) -> reports.add(report.message()));
            Server server = sending(new byte[10_000]);
            SmallBuffer protocol = read(server, Transport::abort).protocol();
            assertNull(await(protocol.lost));
            assertEquals(List.of("full"), protocol.log);
            assertEquals(List.of(), reports);
            server.close();
            await(server.waitClosed());
        });
    }

    @Test
    void aProtocolThatClosesGetsWhatWasKeptForItOnce() {
        Runs.real(() -> {
            Server server = sending(new byte[10_000]);
            Future<Transport> paused = getRunningLoop().createFuture();
            read(server, transport -> {
                transport.pauseReading();
                paused.setResult(transport);
            });
            Transport transport = await(paused);
            RecordingProtocol protocol = new ClosingProtocol();
            protocol.transport = transport;
            transport.setProtocol(protocol);
            transport.resumeReading();
            assertNull(await(protocol.lost));
            assertEquals(10_000 - 4096, protocol.received);
            server.close();
            await(server.waitClosed());
        });
    }

    @Test
    void aBufferedProtocolThatClosesGetsTheRestInOrder() {
        Runs.real(() -> {
            byte[] data = new byte[10_000];
            new Random(4).nextBytes(data);
            Server server = sending(data);
            SmallBuffer protocol = read(server, transport -> {
                        ((SmallBuffer) transport.getProtocol()).takeOut();
                        transport.close();
                    })
                    .protocol();
            assertNull(await(protocol.lost));
            assertArrayEquals(data, protocol.all.array());
            server.close();
            await(server.waitClosed());
        });
    }

    @Test
    void aProtocolThatClosesAtOnceGetsWhatArrivedWithTheHandshake() {
        Runs.real(() -> {
            RecordingProtocol protocol = new RecordingProtocol() {
                @Override
                public void connectionMade(Transport transport) {
                    super.connectionMade(transport);
                    transport.close();
                }
            };
            assertNull(talk(protocol, "TLSv1.3", client -> {
                client.write("hello");
                client.end();
                client.recordTypes();
            }));
            assertEquals(List.of("made", "data hello", "eof", "lost"), protocol.log);
        });
    }

    @Test
    void anUpgradeAfterThePeersEndFailsAtOnce() {
        Runs.real(() -> {
            Server server = await(Streams.startServer(
                    (reader, writer) -> {
                        writer.write("bye");
                        writer.close();
                    },
                    "127.0.0.1",
                    0));
            StreamConnection connection = await(Streams.openConnection("127.0.0.1", server.port()));
            assertEquals(3, await(connection.reader().read()).length);
            StreamWriter writer = connection.writer();
            assertThrows(SocketException.class, () -> await(writer.startTls(clientContext, "localhost")));
            assertTrue(writer.isClosing());
            assertThrows(SocketException.class, () -> await(writer.startTls(clientContext, "localhost")));
            server.close();
            await(server.waitClosed());
        });
    }

    @Test
    void handshakesDoNotNeedTheDefaultExecutor() {
        Runs.real(() -> {
            getRunningLoop().setDefaultExecutor(job -> {});
            byte[] data = "hello".getBytes(UTF_8);
            Server server = sending(data);
            try (StreamConnection connection = await(Streams.openConnection(
                    "127.0.0.1", server.port(), ConnectionOptions.DEFAULT.withSsl(clientContext)))) {
                assertArrayEquals(data, await(connection.reader().read()));
            }
            server.close();
            await(server.waitClosed());
        });
    }

    @Test
    void aClientHasToSayWhomItWants() {
        Runs.real(() -> {
            ConnectionOptions options = ConnectionOptions.DEFAULT.withSsl(clientContext);
            assertThrows(IllegalArgumentException.class, () -> await(Streams.openConnection("", 1, options)));
        });
    }
}
