package dev.asyncio.streams;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.getRunningLoop;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.support.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A server whose process may have no more files open. */
class DescriptorsTest {
    private static final ConnectionHandler UNTIL_EOF = (reader, writer) -> {
        await(reader.read());
        writer.close();
    };

    private static final String OUT_OF_FILES = "socket.accept() out of system resource";

    /** A server in a process that may have few files open. */
    public static final class FewFiles {
        public static void main(String[] args) throws Exception {
            loadClassesOf("dev.asyncio.Asyncio");
            loadClassesOf("dev.asyncio.engine.EngineProvider");
            Asyncio.run(() -> {
                getRunningLoop().setExceptionHandler((l, report) -> System.out.println(report.message()));
                Server server = await(Streams.startServer(UNTIL_EOF, "127.0.0.1", 0));
                System.out.println(server.port());
                await(server.serveForever());
            });
        }

        /** Any may be needed later, when no file is left to load it from: a folder takes one for each class, a jar none. */
        private static void loadClassesOf(String example) throws Exception {
            Class<?> one = Class.forName(example);
            Path root = Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (!Files.isDirectory(root)) {
                return;
            }
            List<Path> files;
            try (Stream<Path> all = Files.walk(root.resolve("dev"))) {
                files = all.filter(file -> file.toString().endsWith(".class")).collect(Collectors.toList());
            }
            for (Path file : files) {
                String path = root.relativize(file).toString();
                String name =
                        path.substring(0, path.length() - ".class".length()).replace(File.separatorChar, '.');
                try {
                    Class.forName(name, false, one.getClassLoader());
                } catch (LinkageError e) {
                    continue; // it needs a library that is not there, and so is not needed itself
                }
            }
        }
    }

    @Test
    void itKeepsServingAfterItRanOutOfDescriptors() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell");
        try (ChildJvm child = ChildJvm.with().limitedBy("ulimit -n 100").start(FewFiles.class)) {
            int port = Integer.parseInt(child.awaitAnyLine());
            assertTrue(isServedAt(port));
            long started = System.nanoTime();
            List<Socket> connections = new ArrayList<>();
            try {
                for (int i = 0; i < 100; i++) {
                    connections.add(new Socket("127.0.0.1", port));
                }
                child.awaitLine(OUT_OF_FILES);
            } finally {
                for (Socket connection : connections) {
                    connection.close();
                }
            }
            assertTrue(isServedAt(port));
            long seconds = Duration.ofNanos(System.nanoTime() - started).getSeconds();
            // It tells of it when it tries again, which is a second later each time.
            assertTrue(
                    child.output().stream().filter(OUT_OF_FILES::equals).count() <= 1 + seconds,
                    () -> "in " + seconds + " s: " + child.output());
        }
    }

    private static boolean isServedAt(int port) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.shutdownOutput();
            return socket.getInputStream().read() < 0;
        }
    }
}
