package dev.asyncio.streams;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.getRunningLoop;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.support.Certificates;
import dev.asyncio.support.Runs;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** What client and server agree on before a connection is encrypted, and what they refuse. */
class TlsHandshakeTest extends TlsFixture {
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
                Server server = serve(TlsHandshakeTest::echo, TlsOptions.of(bad.contextTrusting()));
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
            Server server = serve(TlsHandshakeTest::echo, TlsOptions.of(other.contextTrusting()));
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
            Server server = serve(TlsHandshakeTest::echo);
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
}
