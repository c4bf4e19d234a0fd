package dev.asyncio.support;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Class files, found on the class path of the tests. */
public final class ClassFiles {
    private ClassFiles() {}

    /** Where a class comes from: a jar, or the directory of a module of this build. */
    public static Path sourceOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All class files that come from where these classes do. */
    public static List<byte[]> besides(Class<?>... types) throws IOException {
        List<byte[]> found = new ArrayList<>();
        for (Class<?> type : types) {
            Path source = sourceOf(type);
            if (Files.isDirectory(source)) {
                addBelow(source, found);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(source, (ClassLoader) null)) {
                    addBelow(jar.getPath("/"), found);
                }
            }
        }
        return found;
    }

    private static void addBelow(Path root, List<byte[]> found) throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(root)) {
            files = tree.filter(file -> file.toString().endsWith(".class")).collect(Collectors.toList());
        }
        for (Path file : files) {
            found.add(Files.readAllBytes(file));
        }
    }
}
