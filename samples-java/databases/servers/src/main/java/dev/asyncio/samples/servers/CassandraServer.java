package dev.asyncio.samples.servers;

import dev.asyncio.samples.cassandra.server.Main;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One node of Cassandra, in a JVM of version 17: newer ones lack what it needs. */
public final class CassandraServer implements Server {
    private final int port = Machine.freePort();
    private final Child child;

    CassandraServer() throws IOException, URISyntaxException, UnavailableException {
        Path java = Machine.java(17);
        Path directory = Child.newDirectory("cassandra");
        Path configuration = directory.resolve("cassandra.yaml");
        Files.writeString(
                configuration,
                resource("cassandra.yaml")
                        .replace("@directory@", directory.toString())
                        .replace("@nativePort@", "" + port)
                        .replace("@storagePort@", "" + Machine.freePort()));
        Path options = Files.writeString(directory.resolve("jvm-options"), resource("jvm-options"));
        Path logging = Files.writeString(directory.resolve("logback.xml"), resource("logback.xml"));
        Path main = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> command = List.of(
                java.toString(),
                "@" + options,
                "-Dcassandra.config=" + configuration.toUri(),
                "-Dcassandra.storagedir=" + directory,
                "-Dlogback.configurationFile=" + logging,
                "-classpath",
                main + File.pathSeparator + resource("class-path").strip(),
                Main.class.getName());
        child = new Child(directory, command, Main.READY);
    }

    private static String resource(String name) throws IOException {
        try (InputStream text = Main.class.getResourceAsStream("/cassandra/" + name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** The node stops to answer, but keeps its connections. */
    public void pause() throws IOException, InterruptedException {
        child.signal("STOP");
    }

    /** The node goes on as if nothing had been. */
    public void resume() throws IOException, InterruptedException {
        child.signal("CONT");
    }

    @Override
    public void close() throws IOException {
        child.close();
    }
}
