package dev.asyncio.streams;

import static dev.asyncio.Asyncio.await;

import dev.asyncio.support.Certificates;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A server and clients that trust its certificate. */
abstract class TlsFixture {
    @TempDir
    static Path folder;

    static Certificates localhost;
    static SSLContext serverContext;
    static SSLContext clientContext;

    @BeforeAll
    static void makeCertificates() throws Exception {
        localhost = Certificates.forLocalhost(folder);
        serverContext = localhost.contextTrusting(localhost);
        clientContext = localhost.clientContext();
    }

    static void echo(StreamReader reader, StreamWriter writer) {
        try (writer) {
            byte[] data;
            while ((data = await(reader.read(65536))).length > 0) {
                writer.write(data);
                await(writer.drain());
            }
        }
    }

    static Server serve(ConnectionHandler handler, TlsOptions options) {
        return await(Streams.startServer(handler, "127.0.0.1", 0, ServerOptions.DEFAULT.withTls(options)));
    }

    static Server serve(ConnectionHandler handler) {
        return serve(handler, TlsOptions.of(serverContext));
    }

    static StreamConnection connectTo(Server server, TlsOptions options) {
        return await(Streams.openConnection("localhost", server.port(), ConnectionOptions.DEFAULT.withTls(options)));
    }

    static StreamConnection connectTo(Server server) {
        return connectTo(server, TlsOptions.of(clientContext));
    }

    static void end(Server server) {
        server.close();
        await(server.waitClosed());
    }
}
