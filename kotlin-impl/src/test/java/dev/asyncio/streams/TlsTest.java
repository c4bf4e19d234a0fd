package dev.asyncio.streams;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.toThread;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Future;
import dev.asyncio.Task;
import dev.asyncio.support.Certificates;
import dev.asyncio.support.Runs;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted connections between a client and a server in one loop. */
class TlsTest {
    @TempDir
    static Path folder;

    private static Certificates localhost;
    private static SSLContext serverContext;
    private static SSLContext clientContext;

    @BeforeAll
    static void makeCertificates() throws Exception {
        localhost = Certificates.forLocalhost(folder);
        serverContext = localhost.contextTrusting(localhost);
        clientContext = localhost.clientContext();
    }

    private static void echo(StreamReader reader, StreamWriter writer) {
        try (writer) {
            byte[] data;
            while ((data = await(reader.read(65536))).length > 0) {
                writer.write(data);
                await(writer.drain());
            }
        }
    }

    private static TlsOptions tls(SSLContext context, String version) {
        return TlsOptions.of(context).withParameters(parameters -> parameters.setProtocols(new String[] {version}));
    }

    private static Server serve(ConnectionHandler handler, TlsOptions options) {
        return await(Streams.startServer(handler, "127.0.0.1", 0, ServerOptions.DEFAULT.withTls(options)));
    }

    private static Server serve(ConnectionHandler handler) {
        return serve(handler, TlsOptions.of(serverContext));
    }

    private static StreamConnection connectTo(Server server, TlsOptions options) {
        return await(Streams.openConnection("localhost", server.port(), ConnectionOptions.DEFAULT.withTls(options)));
    }

    private static StreamConnection connectTo(Server server) {
        return connectTo(server, TlsOptions.of(clientContext));
    }

    private static void end(Server server) {
        server.close();
        await(server.waitClosed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bytesGoBothWaysAndTheEndIsClean(String version) {
        Runs.real(() -> {
            Server server = serve(TlsTest::echo, tls(serverContext, version));
            StreamConnection connection = connectTo(server, tls(clientContext, version));
            StreamWriter writer = connection.writer();
            assertEquals(
                    version,
                    writer.getExtraInfo("ssl_object", SSLEngine.class)
                            .getSession()
                            .getProtocol());
            byte[] data = new byte[3_000_000];
            new Random(6).nextBytes(data);
            Task<Void> sending = createTask(() -> {
                writer.write(data);
                await(writer.drain());
            });
            assertArrayEquals(data, await(connection.reader().readExactly(data.length)));
            await(sending);
            connection.close();
            await(writer.waitClosed());
            assertEquals(0, await(connection.reader().read()).length);
            end(server);
        });
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, 1, 3000", "TLSv1.3, 1, 3000", "TLSv1.2, 997, 200000", "TLSv1.3, 997, 200000"})
    void recordsMayArriveInPieces(String version, int piece, int size) {
        Runs.real(() -> {
            Server server = serve(TlsTest::echo, tls(serverContext, version));
            Server relay = await(Streams.startServer(
                    (reader, writer) -> {
                        try (StreamConnection on = await(Streams.openConnection("127.0.0.1", server.port()))) {
                            Task<Void> answers = createTask(() -> inPieces(piece, on.reader(), writer));
                            inPieces(piece, reader, on.writer());
                            await(answers);
                        }
                    },
                    "127.0.0.1",
                    0));
            byte[] data = new byte[size];
            new Random(9).nextBytes(data);
            StreamConnection connection = connectTo(relay, tls(clientContext, version));
            connection.writer().write(data);
            assertArrayEquals(data, await(connection.reader().readExactly(data.length)));
            connection.close();
            await(connection.writer().waitClosed());
            end(relay);
            end(server);
        });
    }

    /** Passes on what comes, a piece in each iteration, so that it is read like that. */
    private static void inPieces(int piece, StreamReader from, StreamWriter to) {
        byte[] data;
        while ((data = await(from.read(piece))).length > 0) {
            to.write(data);
            await(to.drain());
            await(sleep(Duration.ZERO));
        }
        to.close();
    }

    @Test
    void extraInfoTellsOfTheEncryption() {
        Runs.real(() -> {
            List<Object> atServer = new ArrayList<>();
            Server server = serve((reader, writer) -> {
                atServer.add(writer.getExtraInfo("sslcontext"));
                atServer.add(String.valueOf(writer.getExtraInfo("peercert")));
                writer.close();
            });
            StreamConnection connection = connectTo(server);
            StreamWriter writer = connection.writer();
            assertSame(clientContext, writer.getExtraInfo("sslcontext"));
            assertEquals(localhost.certificate(), writer.getExtraInfo("peercert"));
            assertTrue(writer.getExtraInfo("cipher", String.class).startsWith("TLS_"));
            assertEquals("", writer.getExtraInfo("alpn"));
            assertNotNull(writer.getExtraInfo("peername"));
            assertFalse(writer.canWriteEof());
            assertThrows(UnsupportedOperationException.class, writer::writeEof);
            assertEquals(
                    new BufferLimits(128 * 1024, 512 * 1024), writer.transport().getWriteBufferLimits());
            await(connection.reader().read());
            connection.close();
            assertEquals(List.of(serverContext, "null"), atServer);
            end(server);
        });
    }

    @Test
    void protocolsAreAgreedOn() {
        Runs.real(() -> {
            List<Object> atServer = new ArrayList<>();
            Server server = serve(
                    (reader, writer) -> {
                        atServer.add(writer.getExtraInfo("alpn"));
                        writer.close();
                    },
                    TlsOptions.of(serverContext).withAlpn("h2", "http/1.1"));
            StreamConnection connection =
                    connectTo(server, TlsOptions.of(clientContext).withAlpn("http/1.1", "x"));
            assertEquals("http/1.1", connection.writer().getExtraInfo("alpn"));
            await(connection.reader().read());
            assertEquals(List.of("http/1.1"), atServer);
            connection.close();
            end(server);
        });
    }

    @Test
    void aClientMayHaveToShowACertificate() {
        Runs.real(() -> {
            List<Object> shown = new ArrayList<>();
            Server server = serve(
                    (reader, writer) -> {
                        shown.add(writer.getExtraInfo("peercert"));
                        writer.close();
                    },
                    TlsOptions.of(serverContext).withNeedClientAuth(true));
            try (StreamConnection connection = connectTo(server, TlsOptions.of(serverContext))) {
                assertEquals(0, await(connection.reader().read()).length);
            }
            assertEquals(List.of(localhost.certificate()), shown);
            // One without is refused: with TLS 1.3 that is told by the first read.
            SSLException refused = assertThrows(SSLException.class, () -> {
                try (StreamConnection connection = connectTo(server)) {
                    await(connection.reader().read());
                }
            });
            assertTrue(refused.getMessage().contains("localhost (127.0.0.1:" + server.port()), refused::getMessage);
            end(server);
        });
    }

    @Test
    void theWrongHostExpiredAndUnknownCertificatesAreRefused() throws Exception {
        Certificates other = Certificates.forAnotherHost(folder);
        Certificates expired = Certificates.expired(folder);
        Runs.real(() -> {
            for (Certificates bad : List.of(other, expired, localhost)) {
                Server server = serve(TlsTest::echo, TlsOptions.of(bad.contextTrusting()));
                // The last one is good, but this client does not know it.
                SSLContext client = bad == localhost ? other.clientContext() : bad.clientContext();
                SSLHandshakeException refused =
                        assertThrows(SSLHandshakeException.class, () -> connectTo(server, TlsOptions.of(client)));
                assertTrue(
                        refused.getMessage()
                                .startsWith("TLS handshake with localhost (127.0.0.1:" + server.port() + ") failed: "),
                        refused::getMessage);
                end(server);
            }
            // Who says so may connect to another host than the certificate's.
            Server server = serve(TlsTest::echo, TlsOptions.of(other.contextTrusting()));
            for (String name : List.of("other.example", "")) {
                TlsOptions options = TlsOptions.of(other.clientContext()).withServerHostname(name);
                try (StreamConnection connection = connectTo(server, options)) {
                    connection.writer().write("x\n");
                    assertEquals("x\n", await(connection.reader().readLine(UTF_8)));
                }
            }
            end(server);
        });
    }

    @Test
    void theNameThatIsAskedForIsSent() {
        Runs.real(() -> {
            List<String> names = new ArrayList<>();
            Server server = serve((reader, writer) -> {
                SSLEngine engine = writer.getExtraInfo("ssl_object", SSLEngine.class);
                names.add(((javax.net.ssl.ExtendedSSLSession) engine.getSession())
                        .getRequestedServerNames()
                        .toString());
                writer.close();
            });
            try (StreamConnection connection = connectTo(server)) {
                await(connection.reader().read());
            }
            assertEquals(1, names.size());
            assertTrue(names.get(0).contains("localhost"), names::toString);
            end(server);
        });
    }

    @Test
    void aPeerThatNeverAnswersEndsTheHandshakeInTime() {
        Runs.real(() -> {
            Server silent = await(Streams.startServer(
                    (reader, writer) -> {
                        await(reader.read());
                        writer.close();
                    },
                    "127.0.0.1",
                    0));
            TlsOptions hasty = TlsOptions.of(clientContext).withHandshakeTimeout(Duration.ofMillis(30));
            SocketTimeoutException timeout = assertThrows(SocketTimeoutException.class, () -> connectTo(silent, hasty));
            assertTrue(
                    timeout.getMessage()
                            .startsWith("the TLS handshake with localhost (127.0.0.1:" + silent.port()
                                    + ") is taking longer than 0.03 seconds"),
                    timeout::getMessage);
            end(silent);
            assertThrows(IllegalArgumentException.class, () -> hasty.withShutdownTimeout(Duration.ZERO));
        });
    }

    @Test
    void garbageAndAnEarlyEndInTheHandshakeAreErrors() {
        Runs.real(() -> {
            Server garbage = await(Streams.startServer(
                    (reader, writer) -> {
                        writer.write("HTTP/1.1 400 Bad Request\r\n\r\n");
                        await(reader.read());
                        writer.close();
                    },
                    "127.0.0.1",
                    0));
            SSLException broken = assertThrows(SSLException.class, () -> connectTo(garbage));
            assertTrue(broken.getMessage().contains("localhost (127.0.0.1:" + garbage.port()), broken::getMessage);
            end(garbage);

            Server early = await(Streams.startServer((reader, writer) -> writer.close(), "127.0.0.1", 0));
            SocketException ended = assertThrows(SocketException.class, () -> connectTo(early));
            assertTrue(ended.getMessage().startsWith("TLS handshake with localhost"), ended::getMessage);
            end(early);

            List<String> reports = new ArrayList<>();
            getRunningLoop().setExceptionHandler((l, report) -> reports.add(report.message()));
            Server server = serve(TlsTest::echo);
            StreamConnection plain = await(Streams.openConnection("127.0.0.1", server.port()));
            plain.writer().write("GET / HTTP/1.1\r\n\r\n".repeat(100));
            await(plain.reader().read(100)); // an alert, or nothing
            plain.close();
            connectTo(server).close(); // it keeps serving
            end(server);
            assertEquals(List.of(), reports);
        });
    }

    @Test
    void aPeerThatDoesNotAnswerTheEndIsLeftInTime() {
        Runs.real(() -> {
            Future<Void> left = getRunningLoop().createFuture();
            Server server = serve((reader, writer) -> {
                // Nothing is read: the end is not seen.
                writer.transport().pauseReading();
                await(left);
                writer.transport().abort();
            });
            TlsOptions hasty = TlsOptions.of(clientContext).withShutdownTimeout(Duration.ofMillis(30));
            StreamConnection connection = connectTo(server, hasty);
            await(sleep(Duration.ofMillis(20)));
            connection.writer().write(new byte[20_000_000]); // more than the peer's socket takes
            connection.close();
            SocketTimeoutException timeout = assertThrows(
                    SocketTimeoutException.class,
                    () -> await(connection.writer().waitClosed()));
            assertTrue(timeout.getMessage().startsWith("TLS shutdown of localhost"), timeout::getMessage);
            left.setResult(null);
            end(server);
        });
    }

    @Test
    void aPlainConnectionIsUpgraded() {
        Runs.real(() -> {
            Server server = await(Streams.startServer(
                    (reader, writer) -> {
                        try (writer) {
                            assertEquals("STARTTLS\n", await(reader.readLine(UTF_8)));
                            writer.write("go\n");
                            await(writer.startTls(TlsOptions.of(serverContext)));
                            String line = await(reader.readLine(UTF_8));
                            writer.write("encrypted " + line);
                            await(writer.drain());
                        }
                    },
                    "127.0.0.1",
                    0));
            try (StreamConnection connection = await(Streams.openConnection("127.0.0.1", server.port()))) {
                connection.writer().write("STARTTLS\n");
                assertEquals("go\n", await(connection.reader().readLine(UTF_8)));
                assertThrows(
                        IllegalArgumentException.class,
                        () -> await(connection.writer().startTls(TlsOptions.of(clientContext))));
                await(connection.writer().startTls(clientContext, "localhost"));
                assertNotNull(connection.writer().getExtraInfo("cipher"));
                connection.writer().write("hello\n");
                assertEquals("encrypted hello\n", await(connection.reader().readLine(UTF_8)));
                assertEquals(0, await(connection.reader().read()).length);
            }
            end(server);
        });
    }

    @Test
    void aFailedUpgradeClosesTheConnection() {
        Runs.real(() -> {
            Server server = await(Streams.startServer(
                    (reader, writer) -> {
                        await(reader.readLine());
                        writer.write("no TLS here\n");
                        await(reader.read());
                        writer.close();
                    },
                    "127.0.0.1",
                    0));
            StreamConnection connection = await(Streams.openConnection("127.0.0.1", server.port()));
            connection.writer().write("STARTTLS\n");
            assertThrows(SSLException.class, () -> await(connection.writer().startTls(clientContext, "localhost")));
            assertTrue(connection.writer().isClosing());
            assertThrows(SSLException.class, () -> await(connection.writer().waitClosed()));
            end(server);
        });
    }

    @Test
    void aSlowReaderHoldsTheWriterBack() {
        Runs.real(() -> {
            int[] most = new int[1];
            Server server = serve((reader, writer) -> {
                try (writer) {
                    for (int i = 0; i < 500; i++) {
                        writer.write(new byte[20_000]);
                        most[0] = Math.max(most[0], writer.transport().getWriteBufferSize());
                        await(writer.drain());
                    }
                }
            });
            try (StreamConnection connection = connectTo(server)) {
                for (int i = 0; i < 1000; i++) {
                    assertEquals(10_000, await(connection.reader().readExactly(10_000)).length);
                    await(sleep(Duration.ZERO));
                }
                assertEquals(0, await(connection.reader().read()).length);
            }
            assertTrue(most[0] <= 600_000, () -> "buffered " + most[0]);
            end(server);
        });
    }

    @Test
    void readingPausesAndResumes() {
        Runs.real(() -> {
            Server server = serve((reader, writer) -> {
                writer.write("hello");
                await(reader.read());
                writer.close();
            });
            ConnectionOptions options = ConnectionOptions.DEFAULT.withSsl(clientContext);
            Endpoint<Transport, RecordingProtocol> made = await(getRunningLoop()
                    .createConnection(
                            () -> new RecordingProtocol() {
                                @Override
                                public void connectionMade(Transport transport) {
                                    super.connectionMade(transport);
                                    transport.pauseReading();
                                }
                            },
                            "localhost",
                            server.port(),
                            options));
            await(sleep(Duration.ofMillis(30)));
            assertEquals(List.of("made"), made.protocol().log);
            assertFalse(made.transport().isReading());
            made.transport().resumeReading();
            await(sleep(Duration.ofMillis(30)));
            assertEquals(List.of("made", "data hello"), made.protocol().log);
            made.transport().close();
            assertNull(await(made.protocol().lost));
            end(server);
        });
    }

    @Test
    void anAbortedConnectionIsAnEndForThePeer() {
        Runs.real(() -> {
            Server server = serve((reader, writer) -> writer.transport().abort());
            try (StreamConnection connection = connectTo(server)) {
                try {
                    assertEquals(0, await(connection.reader().read()).length);
                } catch (Exception e) {
                    assertInstanceOf(IOException.class, e);
                }
            }
            end(server);
        });
    }

    @Test
    void filesAreEncryptedToo() {
        Runs.real(() -> {
            byte[] data = new byte[1_000_000];
            new Random(7).nextBytes(data);
            Path path = Files.write(folder.resolve("data"), data);
            Server server = serve((reader, writer) -> {
                try (writer;
                        FileChannel file = FileChannel.open(path)) {
                    assertEquals(
                            data.length - 10,
                            await(getRunningLoop().sendfile(writer.transport(), file, 10, Long.MAX_VALUE)));
                    assertEquals(data.length, file.position());
                    assertThrows(
                            IllegalStateException.class,
                            () -> await(getRunningLoop().sendfile(writer.transport(), file, 0, 1, false)));
                }
            });
            try (StreamConnection connection = connectTo(server)) {
                assertArrayEquals(
                        java.util.Arrays.copyOfRange(data, 10, data.length),
                        await(connection.reader().read()));
            }
            end(server);
        });
    }

    @Test
    void aFileWaitsUntilWhatWasWrittenBeforeIsSent() {
        Runs.real(() -> {
            int written = 16 << 20;
            byte[] data = new byte[2 << 20];
            Path path = Files.write(folder.resolve("waiting"), data);
            Future<Boolean> mayRead = getRunningLoop().createFuture();
            Server server = serve((reader, writer) -> {
                try (writer) {
                    await(mayRead);
                    assertEquals(written + data.length, await(reader.readExactly(written + data.length)).length);
                }
            });
            try (StreamConnection connection = connectTo(server);
                    FileChannel file = FileChannel.open(path)) {
                Transport transport = connection.writer().transport();
                connection.writer().write(new byte[written]);
                int before = transport.getWriteBufferSize();
                Task<Long> sending = createTask(() -> await(getRunningLoop().sendfile(transport, file)));
                for (int i = 0; i < 50; i++) {
                    await(toThread(() -> null)); // as long as a piece of the file takes to be read
                }
                assertTrue(transport.getWriteBufferSize() <= before, "the file was read into memory");
                mayRead.setResult(true);
                assertEquals(data.length, await(sending));
                assertEquals(0, await(connection.reader().read()).length);
            }
            end(server);
        });
    }

    @Test
    void aFileDoesNotCountAsSentOnceTheConnectionIsClosed() {
        Runs.real(() -> {
            Path path = Files.write(folder.resolve("dropped"), new byte[1000]);
            Future<Boolean> paused = getRunningLoop().createFuture();
            Server server = serve((reader, writer) -> {
                writer.transport().pauseReading(); // so that the end stays unanswered
                paused.setResult(true);
            });
            try (StreamConnection connection = connectTo(server);
                    FileChannel file = FileChannel.open(path)) {
                Transport transport = connection.writer().transport();
                await(paused);
                Task<Long> sending = createTask(() -> await(getRunningLoop().sendfile(transport, file)));
                await(sleep(Duration.ZERO));
                transport.close();
                SocketException closed = assertThrows(SocketException.class, () -> await(sending));
                assertTrue(closed.getMessage().endsWith("was closed while a file was sent through it"));
                transport.abort();
            }
            server.abortClients();
            end(server);
        });
    }

    @Test
    void aGigabyteArrivesAsItWasSent() {
        Runs.real(() -> {
            int chunks = 16_384;
            byte[] chunk = new byte[65536];
            new Random(8).nextBytes(chunk);
            CRC32 expected = new CRC32();
            for (int i = 0; i < chunks; i++) {
                chunk[i % chunk.length]++;
                expected.update(chunk);
            }
            Server server = serve((reader, writer) -> {
                try (writer) {
                    byte[] own = new byte[65536];
                    new Random(8).nextBytes(own);
                    for (int i = 0; i < chunks; i++) {
                        own[i % own.length]++;
                        writer.write(own);
                        await(writer.drain());
                    }
                }
            });
            try (StreamConnection connection = connectTo(server)) {
                CRC32 actual = new CRC32();
                byte[] data;
                while ((data = await(connection.reader().read(65536))).length > 0) {
                    actual.update(data);
                }
                assertEquals(expected.getValue(), actual.getValue());
            }
            end(server);
        });
    }
}
