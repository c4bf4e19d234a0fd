package dev.asyncio.samples;

import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The files of the samples: programs in Java and Kotlin, and beside them what Python makes of the same programs. */
public final class SampleFiles {
    public static final Path ROOT = Path.of(System.getProperty("basedir", "."))
            .toAbsolutePath()
            .normalize()
            .getParent();
    static final Path JAVA = ROOT.resolve("samples-java/src/main/java/dev/asyncio/samples");
    static final Path KOTLIN = ROOT.resolve("samples-kotlin/src/main/kotlin/dev/asyncio/samples/kotlin");
    static final Path PYTHON = ROOT.resolve("samples-java/src/test/resources/python");

    /** They need sockets, files, threads or processes, have no Python twin and are tested apart. */
    public static final Set<String> OF_THE_WORLD = Set.of(
            "EchoServer",
            "EchoClient",
            "ChatServer",
            "PortScanner",
            "Tail",
            "HelloServer",
            "HttpSession",
            "FetchPages",
            "WebSocketUpdates",
            "ReadAndWrite",
            "CountLines",
            "ManyLoops",
            "ProcessPool",
            "PoolMember");

    /** They start processes, for which a loop on virtual time cannot wait. */
    static final Set<String> OF_PROCESSES = Set.of("Pipeline");

    private SampleFiles() {}

    /** The names of all files in a directory that end so, without the ending. */
    static SortedSet<String> names(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .collect(toCollection(TreeSet::new));
        }
    }

    /** What CPython prints for the program that this sample mirrors. */
    static String recorded(String sample) throws IOException {
        return Files.readString(PYTHON.resolve(pythonName(sample) + ".out"));
    }

    /** {@code DelayedHello} is {@code delayed_hello} there. */
    static String pythonName(String sample) {
        return sample.replaceAll("(?<=.)(?=\\p{Upper})", "_").toLowerCase(Locale.ROOT);
    }
}
