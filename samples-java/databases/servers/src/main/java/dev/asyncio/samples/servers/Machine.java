package dev.asyncio.samples.servers;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What this machine has. */
final class Machine {
    private Machine() {}

    static void requireLinuxOnAmd64() throws UnavailableException {
        String system = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
        if (!system.equals("Linux on amd64")) {
            throw new UnavailableException("its binaries are for Linux on amd64, and this is " + system);
        }
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** The program of this name on the path. */
    static Path program(String name) throws UnavailableException {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new UnavailableException("no " + name + " on the path"));
    }

    /** The {@code java} of a JDK of this version. */
    static Path java(int version) throws IOException, UnavailableException {
        List<Path> homes = new ArrayList<>();
        homes.add(Path.of(System.getProperty("java.home")));
        if (System.getenv("JAVA_HOME") != null) {
            homes.add(Path.of(System.getenv("JAVA_HOME")));
        }
        Path installed = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(installed)) {
            try (Stream<Path> found = Files.list(installed)) {
                found.sorted().forEach(homes::add);
            }
        }
        for (Path home : homes) {
            Path release = home.resolve("release");
            if (Files.isReadable(release)
                    && Files.readString(release).matches("(?s).*\\bJAVA_VERSION=\"" + version + "\\b.*")) {
                return home.resolve("bin/java");
            }
        }
        throw new UnavailableException("no JDK " + version + ": neither this one, nor JAVA_HOME, nor in " + installed);
    }

    /** A port that nobody listens on at the moment. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The directory that the build of this module writes to. */
    static Path target() throws IOException {
        try {
            Path code = Path.of(Machine.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getParent();
            return code.endsWith("target") ? code : Files.createDirectories(Path.of("target"));
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
