package dev.asyncio.samples.servers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Runs a server for the tests of a class, and records that they ran: a static field with {@code @RegisterExtension}. All
 * classes of one test run share the server. Where the machine cannot run it, the tests are skipped.
 */
public final class TestServer implements BeforeAllCallback, AfterAllCallback, TestWatcher {
    private final ServerKind kind;
    private Server server;
    private int passed;

    public TestServer(ServerKind kind) {
        this.kind = kind;
    }

    /** The server that runs. */
    public Server server() {
        return server;
    }

    /** Where it is. */
    public String address() {
        return server.address();
    }

    /** How many connections to the server are open on this machine, which has to be Linux. */
    public long connections() throws IOException {
        URI uri = URI.create(address().contains("://") ? address() : "tcp://" + address());
        String isOpen = String.format(Locale.ROOT, ".*:%04X 01 .*", uri.getPort());
        long connections = 0;
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            connections += Files.readAllLines(Path.of(table)).stream()
                    .filter(line -> line.matches(isOpen))
                    .count();
        }
        return connections;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        passed = 0;
        // What is in this store is closed when all tests have run.
        ExtensionContext.Store running = context.getRoot().getStore(Namespace.create(TestServer.class));
        server = running.get(kind, Server.class);
        if (server != null) {
            return;
        }
        try {
            server = kind.start();
            running.put(kind, server);
        } catch (UnavailableException e) {
            Records.skipped(kind, e.getMessage());
            String message = "SKIPPED, no " + kind + ": " + e.getMessage();
            System.out.println(message);
            Assumptions.abort(message);
        }
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        passed++;
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (passed > 0) {
            Records.ran(kind, context.getRequiredTestClass().getName(), passed);
        }
    }
}
