package dev.asyncio.samples.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the tests of this build did with servers, and the last line of the build that says so. */
public final class Records {
    private Records() {}

    /** Prints how many kinds of servers were tested, and why others were not. */
    public static void main(String[] args) throws IOException {
        int tested = 0;
        List<String> missing = new ArrayList<>();
        for (ServerKind kind : ServerKind.values()) {
            Path directory = directory(kind);
            if (Files.isDirectory(directory.resolve("ran"))) {
                tested++;
            } else {
                Path reason = directory.resolve("skipped");
                missing.add(", no " + kind + " (" + (Files.exists(reason) ? Files.readString(reason) : "no test ran")
                        + ")");
            }
        }
        System.out.println("servers: " + tested + " of " + ServerKind.values().length + String.join("", missing));
    }

    static void ran(ServerKind kind, String testClass, int tests) throws IOException {
        Path directory = Files.createDirectories(directory(kind).resolve("ran"));
        Files.writeString(directory.resolve(testClass), tests + " tests passed\n");
    }

    static void skipped(ServerKind kind, String reason) throws IOException {
        Files.writeString(Files.createDirectories(directory(kind)).resolve("skipped"), reason);
    }

    private static Path directory(ServerKind kind) throws IOException {
        return Machine.target().resolve("records").resolve(kind.toString());
    }
}
