package dev.asyncio.samples.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;

/** PostgreSQL, with its own user {@code postgres} and its own database {@code postgres}. */
final class PostgresServer implements Server {
    private final EmbeddedPostgres server;

    PostgresServer() throws IOException, UnavailableException {
        Machine.requireLinuxOnAmd64();
        server = EmbeddedPostgres.start();
    }

    @Override
    public String address() {
        return "postgresql://postgres:postgres@localhost:" + server.getPort() + "/postgres";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
