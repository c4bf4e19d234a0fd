package dev.asyncio.streams;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.toThread;
import static dev.asyncio.support.Programs.assumeInstalled;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncio.Task;
import dev.asyncio.support.Certificates;
import dev.asyncio.support.Jdk;
import dev.asyncio.support.Programs;
import dev.asyncio.support.Runs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections to programs that nobody here wrote. */
class PeersTest {
    @TempDir
    Path folder;

    private static void echo(StreamReader reader, StreamWriter writer) {
        try (writer) {
            byte[] data;
            while ((data = await(reader.read(65536))).length > 0) {
                writer.write(data);
                await(writer.drain());
            }
        }
        await(writer.waitClosed());
    }

    private static Server serve(ServerOptions options) {
        return await(Streams.startServer(PeersTest::echo, "127.0.0.1", 0, options));
    }

    /** Closes a server and waits for its connections. */
    private static void end(Server server) {
        server.close();
        await(server.waitClosed());
    }

    /** What a client of an echo server can expect. */
    private static void useEcho(StreamConnection connection) {
        StreamReader reader = connection.reader();
        StreamWriter writer = connection.writer();
        try (connection) {
            for (int i = 0; i < 100; i++) {
                writer.write("line " + i + "\n");
                await(writer.drain());
                assertEquals("line " + i + "\n", new String(await(reader.readLine())));
            }
            byte[] data = new byte[3_000_000];
            new Random(3).nextBytes(data);
            Task<Void> sending = createTask(() -> {
                for (int at = 0; at < data.length; at += 50_000) {
                    writer.write(java.util.Arrays.copyOfRange(data, at, at + 50_000));
                    await(writer.drain());
                }
                if (writer.canWriteEof()) {
                    writer.writeEof();
                }
            });
            assertArrayEquals(data, await(reader.readExactly(data.length)));
            await(sending);
            if (writer.canWriteEof()) {
                assertEquals(0, await(reader.read()).length);
            }
        }
        await(writer.waitClosed());
    }

    // ---- CPython

    @Test
    void asyncioIsAClientOfOurServer() {
        assumeInstalled("python3");
        Runs.real(() -> {
            Server server = serve(ServerOptions.DEFAULT);
            String port = Integer.toString(server.port());
            assertEquals("ok\n", await(toThread(() -> python("echo_client.py", "plain", port))));
            end(server);
        });
    }

    @Test
    void asyncioIsAServerOfOurClient() throws Exception {
        assumeInstalled("python3");
        try (Programs server = Programs.start("python3", Programs.script("echo_server.py"), "plain")) {
            int port = Integer.parseInt(server.readLine());
            Runs.real(() -> useEcho(await(Streams.openConnection("localhost", port))));
        }
    }

    @Test
    void asyncioIsAClientOfOurServerOverTls() throws Exception {
        assumeInstalled("python3");
        Certificates certificates = Certificates.forLocalhost(folder);
        String pem = certificates.writePem(folder.resolve("cert.pem"));
        SSLContext context = certificates.contextTrusting();
        Runs.real(() -> {
            Server server = serve(ServerOptions.DEFAULT.withSsl(context));
            String port = Integer.toString(server.port());
            assertEquals("ok\n", await(toThread(() -> python("echo_client.py", "tls", port, pem))));
            end(server);
        });
    }

    @Test
    void asyncioIsAServerOfOurClientOverTls() throws Exception {
        assumeInstalled("python3");
        Certificates certificates = Certificates.forLocalhost(folder);
        String pem = certificates.writePem(folder.resolve("cert.pem"));
        SSLContext context = certificates.clientContext();
        try (Programs server = Programs.start("python3", Programs.script("echo_server.py"), "tls", pem)) {
            int port = Integer.parseInt(server.readLine());
            Runs.real(() -> useEcho(
                    await(Streams.openConnection("localhost", port, ConnectionOptions.DEFAULT.withSsl(context)))));
        }
    }

    @Test
    void asyncioIsAClientOfOurUnixServer() {
        assumeInstalled("python3");
        Jdk.assumeAtLeast(16, "Unix-domain sockets");
        Runs.real(() -> {
            Path path = folder.resolve("socket");
            Server server = await(Streams.startUnixServer(PeersTest::echo, path));
            assertEquals("ok\n", await(toThread(() -> python("echo_client.py", "unix", path.toString()))));
            end(server);
            assertTrue(java.nio.file.Files.notExists(path));
        });
    }

    @Test
    void asyncioIsAUnixServerOfOurClient() throws Exception {
        assumeInstalled("python3");
        Jdk.assumeAtLeast(16, "Unix-domain sockets");
        Path path = folder.resolve("socket");
        try (Programs server = Programs.start("python3", Programs.script("echo_server.py"), "unix", path.toString())) {
            assertEquals("listening", server.readLine());
            Runs.real(() -> useEcho(await(Streams.openUnixConnection(path))));
        }
    }

    private static String python(String script, String... arguments) throws Exception {
        String[] command = new String[arguments.length + 2];
        command[0] = "python3";
        command[1] = Programs.script(script);
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        return Programs.run(command);
    }

    // ---- other programs

    @Test
    void opensslIsAClientOfOurServer() throws Exception {
        assumeInstalled("openssl");
        Certificates certificates = Certificates.forLocalhost(folder);
        String pem = certificates.writePem(folder.resolve("cert.pem"));
        SSLContext context = certificates.contextTrusting();
        for (String version : new String[] {"-tls1_2", "-tls1_3"}) {
            Runs.real(() -> {
                Server server = serve(ServerOptions.DEFAULT.withSsl(context));
                String address = "localhost:" + server.port();
                String printed = await(toThread(() -> {
                    try (Programs client = Programs.start(
                            "openssl",
                            "s_client",
                            version,
                            "-quiet",
                            "-verify_return_error",
                            "-CAfile",
                            pem,
                            "-connect",
                            address)) {
                        try (OutputStream in = client.input()) {
                            in.write("hello\n".getBytes());
                            in.flush();
                            return client.readLine();
                        }
                    }
                }));
                assertEquals("hello", printed);
                end(server);
            });
        }
    }

    @Test
    void opensslIsAServerOfOurClient() throws Exception {
        assumeInstalled("openssl");
        Certificates certificates = Certificates.forLocalhost(folder);
        String pem = certificates.writePem(folder.resolve("cert.pem"));
        SSLContext context = certificates.clientContext();
        for (String version : new String[] {"-tls1_2", "-tls1_3"}) {
            try (Programs server = Programs.start(
                    "openssl", "s_server", version, "-rev", "-cert", pem, "-key", pem, "-accept", "127.0.0.1:0")) {
                String line; // ACCEPT 127.0.0.1:43210, after whatever else it has to say
                do {
                    line = server.readLine();
                } while (!line.startsWith("ACCEPT"));
                int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
                Runs.real(() -> {
                    ConnectionOptions options = ConnectionOptions.DEFAULT.withSsl(context);
                    try (StreamConnection connection = await(Streams.openConnection("localhost", port, options))) {
                        connection.writer().write("hello\n");
                        assertEquals(
                                "olleh\n", new String(await(connection.reader().readLine())));
                    }
                });
            }
        }
    }

    @Test
    void curlGetsAPageOverPlainAndEncryptedConnections() throws Exception {
        assumeInstalled("curl");
        Certificates certificates = Certificates.forLocalhost(folder);
        String pem = certificates.writePem(folder.resolve("cert.pem"));
        SSLContext context = certificates.contextTrusting();
        ConnectionHandler page = (reader, writer) -> {
            try (writer) {
                await(reader.readUntil("\r\n\r\n".getBytes()));
                byte[] body = new byte[1_000_000];
                java.util.Arrays.fill(body, (byte) 'x');
                writer.write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n");
                writer.write(body);
                await(writer.drain());
            }
        };
        Runs.real(() -> {
            Server plain = await(Streams.startServer(page, "127.0.0.1", 0));
            Server encrypted = await(Streams.startServer(page, "127.0.0.1", 0, ServerOptions.DEFAULT.withSsl(context)));
            String http = "http://localhost:" + plain.port();
            String https = "https://localhost:" + encrypted.port();
            assertEquals("x".repeat(1_000_000), await(toThread(() -> Programs.run("curl", "-sS", http))));
            assertEquals(
                    "x".repeat(1_000_000), await(toThread(() -> Programs.run("curl", "-sS", "--cacert", pem, https))));
            end(plain);
            end(encrypted);
        });
    }

    @Test
    void ncAndSocatAreClientsOfOurServer() {
        for (String[] client :
                new String[][] {{"nc", "-N", "127.0.0.1", "PORT"}, {"socat", "-", "TCP:127.0.0.1:PORT"}}) {
            assumeInstalled(client[0]);
            Runs.real(() -> {
                Server server = serve(ServerOptions.DEFAULT);
                String port = Integer.toString(server.port());
                String[] command = java.util.Arrays.stream(client)
                        .map(word -> word.replace("PORT", port))
                        .toArray(String[]::new);
                assertEquals("hello\n", await(toThread(() -> Programs.run("hello\n".getBytes(), command))));
                end(server);
            });
        }
    }

    @Test
    void socatIsAServerOfOurClient() throws Exception {
        assumeInstalled("socat");
        try (Programs server = socat("TCP4-LISTEN:0,bind=127.0.0.1")) {
            int port = portIn(server, "listening on");
            Runs.real(() -> useEcho(await(Streams.openConnection("127.0.0.1", port))));
        }
    }

    @Test
    void socatIsAServerOfOurClientOverTls() throws Exception {
        assumeInstalled("socat");
        Certificates certificates = Certificates.forLocalhost(folder);
        String pem = certificates.writePem(folder.resolve("cert.pem"));
        ConnectionOptions options = ConnectionOptions.DEFAULT.withSsl(certificates.clientContext());
        try (Programs server = socat("OPENSSL-LISTEN:0,bind=127.0.0.1,verify=0,cert=" + pem)) {
            int port = portIn(server, "listening on");
            Runs.real(() -> useEcho(await(Streams.openConnection("localhost", port, options))));
        }
    }

    @Test
    void socatIsAClientOfOurServerOverTls() throws Exception {
        assumeInstalled("socat");
        Certificates certificates = Certificates.forLocalhost(folder);
        String pem = certificates.writePem(folder.resolve("cert.pem"));
        SSLContext context = certificates.contextTrusting();
        Runs.real(() -> {
            Server server = serve(ServerOptions.DEFAULT.withSsl(context));
            String address = "OPENSSL:localhost:" + server.port() + ",cafile=" + pem;
            assertEquals("hello", await(toThread(() -> {
                try (Programs client = Programs.start("socat", "-", address)) {
                    client.input().write("hello\n".getBytes());
                    client.input().flush();
                    return client.readLine();
                }
            })));
            end(server);
        });
    }

    @Test
    void socatIsAPeerOverUnixSockets() throws Exception {
        assumeInstalled("socat");
        Jdk.assumeAtLeast(16, "Unix-domain sockets");
        Path theirs = folder.resolve("theirs");
        try (Programs server = socat("UNIX-LISTEN:" + theirs)) {
            awaitLine(server, "listening on");
            Runs.real(() -> useEcho(await(Streams.openUnixConnection(theirs))));
        }
        Path ours = folder.resolve("ours");
        Runs.real(() -> {
            Server server = await(Streams.startUnixServer(PeersTest::echo, ours));
            assertEquals(
                    "hello\n",
                    await(toThread(() -> Programs.run("hello\n".getBytes(), "socat", "-", "UNIX-CONNECT:" + ours))));
            end(server);
        });
    }

    @Test
    void ncIsAServerOfOurClient() throws Exception {
        assumeInstalled("nc");
        try (Programs server = Programs.start("/bin/sh", "-c", "exec nc -v -l 127.0.0.1 0 2>&1")) {
            String line = server.readLine();
            assumeTrue(line.startsWith("Listening on"), "this nc does not tell on which port it listens");
            int port = Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
            Runs.real(() -> {
                try (StreamConnection connection = await(Streams.openConnection("127.0.0.1", port))) {
                    connection.writer().write("to nc\n");
                    await(connection.writer().drain());
                    awaitLine(server, "to nc");
                    server.input().write("from nc\n".getBytes());
                    server.input().close();
                    assertEquals(
                            "from nc\n", new String(await(connection.reader().readLine())));
                }
            });
        }
    }

    /** An echo server for one connection, which reports on its standard output. */
    private static Programs socat(String address) throws IOException {
        return Programs.start("/bin/sh", "-c", "exec socat -d -d " + address + " EXEC:cat 2>&1");
    }

    private static int portIn(Programs program, String words) throws IOException {
        String line = awaitLine(program, words);
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }

    /** The next line that it prints with these words; blocks. */
    private static String awaitLine(Programs program, String words) throws IOException {
        String line;
        do {
            line = program.readLine();
        } while (!line.contains(words));
        return line;
    }
}
