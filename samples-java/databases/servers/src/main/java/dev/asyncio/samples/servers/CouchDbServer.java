package dev.asyncio.samples.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** PouchDB, which speaks CouchDB's protocol and keeps its documents in memory. */
final class CouchDbServer implements Server {
    private final int port = Machine.freePort();
    private final Child child;

    CouchDbServer() throws IOException, InterruptedException, UnavailableException {
        Path node = Machine.program("node");
        Path script = installed().resolve("node_modules/pouchdb-server/bin/pouchdb-server");
        List<String> command = List.of(
                node.toString(),
                script.toString(),
                "--in-memory",
                "--no-stdout-logs",
                "--host",
                "127.0.0.1",
                "--port",
                "" + port);
        child = new Child(Child.newDirectory("couchdb"), command, "pouchdb-server has started");
    }

    /** Where npm has put the server, once for each build. */
    private static Path installed() throws IOException, InterruptedException, UnavailableException {
        Path npm = Machine.program("npm");
        Path home = Machine.target().resolve("pouchdb-server").toAbsolutePath();
        Path complete = home.resolve("complete");
        if (Files.notExists(complete)) {
            Files.createDirectories(home);
            try (InputStream pinned = CouchDbServer.class.getResourceAsStream("/couchdb/package.json")) {
                Files.write(home.resolve("package.json"), pinned.readAllBytes());
            }
            // Its scripts compile stores on disk, which nobody needs here.
            Child.run(
                    home,
                    home.resolve("npm.log"),
                    npm.toString(),
                    "install",
                    "--ignore-scripts",
                    "--no-package-lock",
                    "--no-audit",
                    "--no-fund");
            Files.createFile(complete);
        }
        return home;
    }

    @Override
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() throws IOException {
        child.close();
    }
}
