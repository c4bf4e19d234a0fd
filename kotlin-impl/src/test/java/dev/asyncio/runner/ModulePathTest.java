package dev.asyncio.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.asyncio.support.ChildJvm;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is a module finds the engine by its service, without naming it. */
class ModulePathTest {
    private static final List<String> MODULES =
            Arrays.asList("java-api", "kotlin-impl", "kotlin-stdlib", "kotlinx-coroutines-core-jvm", "jspecify");

    @TempDir
    Path dir;

    @Test
    void helloRunsOnTheModulePath() throws Exception {
        List<String> path = modulePath();
        Path descriptor = Files.writeString(dir.resolve("module-info.java"), "module hello { requires dev.asyncio; }");
        Path program = Files.createDirectories(dir.resolve("hello")).resolve("Hello.java");
        Files.write(
                program,
                Arrays.asList(
                        "package hello;",
                        "import static dev.asyncio.Asyncio.*;",
                        "public class Hello {",
                        "    public static void main(String[] args) {",
                        "        run(() -> { await(sleep(java.time.Duration.ZERO)); System.out.println(\"hello\"); });",
                        "    }",
                        "}"));
        String classes = dir.resolve("classes").toString();
        int errors = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-p",
                        String.join(File.pathSeparator, path),
                        "-d",
                        classes,
                        descriptor.toString(),
                        program.toString());
        assertEquals(0, errors);
        path.add(classes);
        try (ChildJvm jvm = ChildJvm.with().startModule(path, "hello/hello.Hello")) {
            assertEquals(0, jvm.awaitExit());
            assertEquals(List.of("hello"), jvm.lines());
        }
    }

    private static List<String> modulePath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes"))
                .filter(entry -> MODULES.stream().anyMatch(name -> isModule(entry, name)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static boolean isModule(String entry, String name) {
        String file = new File(entry).getName();
        return file.matches(name + "-[0-9].*[.]jar")
                || file.matches("asyncio-" + name + "-.*[.]jar")
                || entry.endsWith(String.join(File.separator, name, "target", "classes"));
    }
}
