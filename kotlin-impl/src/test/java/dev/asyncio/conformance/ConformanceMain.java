package dev.asyncio.conformance;

import dev.asyncio.Carrier;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Runs every program of a file and writes what each gave.
 *
 * <p>System properties: {@code conformance.corpus}, the file of programs; {@code conformance.out}, the file of results;
 * {@code conformance.face}, {@code java}, {@code kotlin} or {@code mixed}; {@code conformance.carrier}, {@code auto},
 * {@code platform}, {@code virtual} or {@code loop}.
 */
public final class ConformanceMain {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int PROGRESS_EVERY = 250;

    private ConformanceMain() {}

    public static void main(String[] args) throws Exception {
        Path corpus = Paths.get(property("conformance.corpus"));
        Path out = Paths.get(property("conformance.out"));
        Face face = Face.named(System.getProperty("conformance.face", "java"));
        Carrier carrier = Carrier.valueOf(
                System.getProperty("conformance.carrier", "auto").toUpperCase(Locale.ROOT));
        ProgramRunner runner = new ProgramRunner(face, () -> ProgramLoop.on(carrier), LIMIT);
        List<Case> cases = Corpus.ofFile(corpus);
        int done = 0;
        try (BufferedWriter writer = Files.newBufferedWriter(out)) {
            for (Case program : cases) {
                writer.write(runner.run(program.program()).toJson(program.id()));
                writer.newLine();
                if (++done % PROGRESS_EVERY == 0) {
                    System.out.println(done + " of " + cases.size());
                }
            }
        }
        System.out.println("programs run: " + done);
        // A body that hung may have left threads behind that are no daemons.
        System.exit(0);
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("Set -D" + name + "=…");
        }
        return value;
    }
}
