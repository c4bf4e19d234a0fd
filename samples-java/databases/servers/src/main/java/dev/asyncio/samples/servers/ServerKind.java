package dev.asyncio.samples.servers;

import java.util.Locale;

/** What can be started. */
public enum ServerKind {
    POSTGRES(PostgresServer::new),
    MARIADB(MariaDbServer::new),
    COUCHDB(CouchDbServer::new),
    CASSANDRA(CassandraServer::new);

    private interface Start {
        Server start() throws Exception;
    }

    private final Start start;

    ServerKind(Start start) {
        this.start = start;
    }

    /**
     * Starts a server on a free port, without data.
     *
     * @throws UnavailableException if this machine cannot run it
     */
    public Server start() throws Exception {
        return start.start();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
