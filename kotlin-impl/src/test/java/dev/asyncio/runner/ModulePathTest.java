package dev.asyncio.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.asyncio.support.ChildJvm;
import dev.asyncio.support.ClassFiles;
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
import org.reactivestreams.Publisher;

/** A program that is a module finds the engine by its service, without naming it. */
class ModulePathTest {
    private static final List<String> MODULES =
            Arrays.asList("java-api", "kotlin-impl", "kotlin-stdlib", "kotlinx-coroutines-core-jvm", "jspecify");

    @TempDir
    Path dir;

    @Test
    void helloRunsOnTheModulePath() throws Exception {
        runsAsModule(
                modulePath(),
                "requires dev.asyncio;",
                "import static dev.asyncio.Asyncio.*;",
                "public class Hello {",
                "    public static void main(String[] args) {",
                "        run(() -> { await(sleep(java.time.Duration.ZERO)); System.out.println(\"hello\"); });",
                "    }",
                "}");
    }

    @Test
    void publishersAreThereWhereReactiveStreamsAre() throws Exception {
        List<String> path = modulePath();
        path.add(ClassFiles.sourceOf(Publisher.class).toString());
        runsAsModule(
                path,
                "requires dev.asyncio.coroutines; requires org.reactivestreams;",
                "import static dev.asyncio.Asyncio.*;",
                "import dev.asyncio.*;",
                "import dev.asyncio.coroutines.reactive.Publishers;",
                "import org.reactivestreams.Publisher;",
                "public class Hello {",
                "    public static void main(String[] args) {",
                "        run(() -> {",
                "            AsyncIterator<String> hello = AsyncIterators.generate(emitter -> emitter.emit(\"hello\"));",
                "            Publisher<String> publisher = Publishers.fromIterator(hello);",
                "            System.out.println(await(Publishers.single(publisher)));",
                "        });",
                "    }",
                "}");
    }

    private void runsAsModule(List<String> modules, String requires, String... program) throws Exception {
        List<String> path = new ArrayList<>(modules);
        Path descriptor = Files.writeString(dir.resolve("module-info.java"), "module hello { " + requires + " }");
        Path source = Files.createDirectories(dir.resolve("hello")).resolve("Hello.java");
        Files.writeString(source, "package hello;\n" + String.join("\n", program));
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
                        source.toString());
        assertEquals(0, errors);
        path.add(classes);
        try (ChildJvm jvm = ChildJvm.with().startModule(path, "hello/hello.Hello")) {
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
