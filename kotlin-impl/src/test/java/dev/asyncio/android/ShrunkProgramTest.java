package dev.asyncio.android;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.android.program.HelloAndCancel;
import dev.asyncio.support.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program and both libraries, shrunk by R8 with no rules of its own but those that the jars carry. */
class ShrunkProgramTest {
    private static final List<String> OUTPUT = List.of(
            "[hello Java, hello Kotlin]",
            "Java cancelled: no more",
            "Kotlin cancelled: no more",
            "timeout",
            "job",
            "queue",
            "kotlinx");

    @TempDir
    Path dir;

    private Shrinker shrinker;

    @BeforeEach
    void collectTheProgram() throws IOException {
        List<Path> program = new ArrayList<>(Jars.ofTheSdk(dir));
        program.add(Jars.ofPackage(HelloAndCancel.class, dir.resolve("program.jar")));
        shrinker = new Shrinker(program, dir);
    }

    @Test
    void shrunkToClassFilesItDoesWhatItDidBefore() throws Exception {
        Path shrunk = dir.resolve("shrunk.jar");
        shrinker.run(HelloAndCancel.class, shrunk, "--classfile", "--lib", System.getProperty("java.home"));
        assertRulesOfBothJarsWereUsed();
        List<String> entries = entries(shrunk);
        assertTrue(entries.contains("dev/asyncio/android/program/HelloAndCancel.class"), entries::toString);
        assertFalse(entries.contains("dev/asyncio/engine/LoopImpl.class"), "the engine's classes keep their names");
        assertFalse(entries.contains("dev/asyncio/sync/Barrier.class"), "what is not used is still there");
        // Without META-INF/services: the look-up of the engine has become a constructor call.
        Path classes = Jars.classesOf(shrunk, dir.resolve("classes.jar"));
        List<String> onTheJvm = List.of("add signal handler", "remove signal handler");
        assertOutput(onTheJvm, classes);
        assertOutput(onTheJvm, classes, "-Ddev.asyncio.carrier=platform");
        // As on Android, where sun.misc is missing.
        List<String> noSignals = List.of("this platform has no signals", "this platform has no signals");
        assertOutput(noSignals, classes, "--limit-modules=java.base,java.logging");
    }

    private static void assertOutput(List<String> ofSignals, Path classes, String... flags) throws Exception {
        List<String> expected = new ArrayList<>(OUTPUT);
        expected.addAll(ofSignals);
        try (ChildJvm jvm = ChildJvm.with(flags).classPath(classes.toString()).start(HelloAndCancel.class)) {
            assertEquals(expected, jvm.lines());
        }
    }

    @Test
    void shrunkToDexItNeedsNothingThatApiLevel24Lacks() throws Exception {
        Path android = AndroidPlatform.writeTo(dir.resolve("android.jar"));
        Path dex = Files.createDirectory(dir.resolve("dex"));
        shrinker.run(HelloAndCancel.class, dex, "--min-api", "24", "--lib", android.toString());
        assertRulesOfBothJarsWereUsed();
        byte[] head = Files.readAllBytes(dex.resolve("classes.dex"));
        assertEquals("dex\n037", new String(head, 0, 7, StandardCharsets.US_ASCII));
    }

    private void assertRulesOfBothJarsWereUsed() throws IOException {
        String rules = Files.readString(shrinker.usedRules());
        for (String artifact : List.of("asyncio-java-api", "asyncio-kotlin-impl")) {
            assertTrue(rules.contains("META-INF/com.android.tools/r8/dev.asyncio_" + artifact + ".pro"), rules);
        }
    }

    private static List<String> entries(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(entry -> entry.getName()).collect(Collectors.toList());
        }
    }
}
