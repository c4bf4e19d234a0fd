package dev.asyncio.streams;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.toThread;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Future;
import dev.asyncio.Task;
import dev.asyncio.support.Runs;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted connections between a client and a server in one loop. */
class TlsTest extends TlsFixture {
    private static TlsOptions tls(SSLContext context, String version) {
        return TlsOptions.of(context).withParameters(parameters -> parameters.setProtocols(new String[] {version}));
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
    void whatIsReadWhileAFileIsSentIsNotLost() {
        Runs.real(() -> {
            byte[] question = new byte[200_000];
            new Random(10).nextBytes(question);
            byte[] data = new byte[16 << 20];
            Path path = Files.write(folder.resolve("answer"), data);
            Future<Boolean> mayRead = getRunningLoop().createFuture();
            Server server = serve((reader, writer) -> {
                try (writer) {
                    writer.write(question);
                    await(mayRead);
                    assertEquals(data.length, await(reader.readExactly(data.length)).length);
                }
            });
            ConnectionOptions options = ConnectionOptions.DEFAULT.withSsl(clientContext);
            try (StreamConnection connection =
                            await(Streams.openConnection("localhost", server.port(), options.withLimit(1000)));
                    FileChannel file = FileChannel.open(path)) {
                Transport transport = connection.writer().transport();
                while (transport.isReading()) {
                    await(sleep(Duration.ofMillis(1))); // until there is more than the reader's limit
                }
                Task<Long> sending = createTask(() -> await(getRunningLoop().sendfile(transport, file)));
                await(sleep(Duration.ZERO));
                assertArrayEquals(question, await(connection.reader().readExactly(question.length)));
                assertFalse(sending.done());
                assertThrows(
                        IllegalStateException.class,
                        () -> await(getRunningLoop().sendfile(transport, file)));
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
