package dev.asyncio.android;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.android.tools.r8.R8;
import dev.asyncio.support.ChildJvm;
import dev.asyncio.support.ClassFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** R8 as the build of an app runs it: in full mode, with the rules that it finds in the jars. */
final class Shrinker {
    private final List<Path> program;
    private final Path directory;

    Shrinker(List<Path> program, Path directory) {
        this.program = program;
        this.directory = directory;
    }

    /**
     * Shrinks the program to what its main method needs.
     *
     * @param main the class that is left as it is
     * @param output a jar or an existing directory
     * @param options what the result is to be, and for which platform
     */
    void run(Class<?> main, Path output, String... options) throws IOException, InterruptedException {
        Path rules = directory.resolve("main.pro");
        Files.writeString(rules, "-keep class " + main.getName() + " { public static void main(java.lang.String[]); }");
        List<String> args = new ArrayList<>(Arrays.asList(options));
        args.addAll(List.of("--release", "--pg-conf", rules.toString(), "--output", output.toString()));
        args.addAll(List.of("--pg-conf-output", usedRules().toString()));
        program.forEach(jar -> args.add(jar.toString()));
        // It is over before a better compiler would pay.
        try (ChildJvm jvm = ChildJvm.with("-XX:TieredStopAtLevel=1")
                .classPath(ClassFiles.sourceOf(R8.class).toString())
                .start(R8.class, args.toArray(new String[0]))) {
            assertEquals(List.of(), complaints(jvm.lines()));
        }
    }

    /** All rules of the last run, with the files that they are from. */
    Path usedRules() {
        return directory.resolve("used.pro");
    }

    /** A class that the platform lacks is one. That several jars have a module-info or a licence is none. */
    private static List<String> complaints(List<String> output) {
        return output.stream()
                .filter(line -> !line.matches("Warning: Resource '.*' already exists[.]"))
                .collect(Collectors.toList());
    }
}
