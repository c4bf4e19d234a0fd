package dev.asyncio.conformance;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Carrier;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Runs the programs of the test resources and holds every result to CPython's. */
final class ConformanceSuite {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** Programs that hang take their time: after so many the rest says nothing new. */
    private static final int MAX_HANGING = 5;

    private static final List<Case> CASES = Corpus.ofResources();

    private ConformanceSuite() {}

    static void assertConforms(Face face, Carrier carrier) throws InterruptedException {
        Report report = run(face, () -> ProgramLoop.on(carrier));
        String text = String.format("%s bodies, carrier %s%n%s", face, carrier, report);
        System.out.println(text);
        assertAll(
                () -> assertEquals(0, report.failed(), text),
                () -> assertEquals(CASES.size(), report.run(), "programs run"),
                () -> assertTrue(CASES.size() > 1000, "programs there are"));
    }

    static Report run(Face face, Supplier<ProgramLoop> loops) throws InterruptedException {
        ProgramRunner runner = new ProgramRunner(face, loops, LIMIT);
        Report report = new Report();
        int hanging = 0;
        for (Case program : CASES) {
            if (hanging == MAX_HANGING) {
                report.addNotRun();
                continue;
            }
            Result result = runner.run(program.program());
            hanging += result.isTimeout() ? 1 : 0;
            report.add(program, result);
        }
        return report;
    }
}
