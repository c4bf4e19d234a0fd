package dev.asyncio.samples.cassandra.server;

import java.io.IOException;
import org.apache.cassandra.service.CassandraDaemon;

/** Runs one node of Cassandra until the standard input ends, as it does when the parent process is gone. */
public final class Main {
    /** The line that says that the node takes connections. */
    public static final String READY = "Cassandra is ready";

    private Main() {}

    public static void main(String[] args) throws IOException {
        new CassandraDaemon(true).activate();
        System.out.println(READY);
        while (System.in.read() >= 0) {
            // nothing is said to it
        }
        // Nothing of this node will be read again: no need to let it drain.
        Runtime.getRuntime().halt(0);
    }
}
