package dev.asyncio.android;

import dev.asyncio.Asyncio;
import dev.asyncio.spi.Engine;
import dev.asyncio.support.ClassFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import kotlin.Unit;
import kotlinx.coroutines.Job;
import org.jetbrains.annotations.NotNull;
import org.jspecify.annotations.NullMarked;

/** Jars for a shrinker, made of what is on the class path of the tests. */
final class Jars {
    private Jars() {}

    /** The jars of both libraries and of what they need. */
    static List<Path> ofTheSdk(Path directory) throws IOException {
        List<Path> jars = new ArrayList<>();
        jars.add(asJar(Asyncio.class, directory.resolve("java-api.jar")));
        jars.add(asJar(Engine.get().getClass(), directory.resolve("kotlin-impl.jar")));
        for (Class<?> needed : List.of(Unit.class, Job.class, NotNull.class, NullMarked.class)) {
            jars.add(ClassFiles.sourceOf(needed));
        }
        return jars;
    }

    /** Where a class comes from, as a jar: a module of this build that is not packaged yet is a directory. */
    private static Path asJar(Class<?> type, Path jar) throws IOException {
        Path source = ClassFiles.sourceOf(type);
        return Files.isDirectory(source) ? jarOf(source, path -> true, jar) : source;
    }

    /** The classes of one package, its subpackages left out. */
    static Path ofPackage(Class<?> member, Path jar) throws IOException {
        String folder = member.getPackage().getName().replace('.', '/');
        return jarOf(ClassFiles.sourceOf(member), path -> folder.equals(parentOf(path)), jar);
    }

    /** The classes of a jar, without its resources. */
    static Path classesOf(Path jar, Path copy) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(jar, (ClassLoader) null)) {
            return jarOf(zip.getPath("/"), path -> path.endsWith(".class"), copy);
        }
    }

    private static String parentOf(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static Path jarOf(Path root, Predicate<String> wanted, Path jar) throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(root)) {
            files = tree.filter(Files::isRegularFile).collect(Collectors.toList());
        }
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Path file : files) {
                String name = root.relativize(file).toString().replace('\\', '/');
                if (wanted.test(name)) {
                    zip.putNextEntry(new ZipEntry(name));
                    Files.copy(file, zip);
                }
            }
        }
        return jar;
    }
}
