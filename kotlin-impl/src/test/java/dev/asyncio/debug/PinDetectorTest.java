package dev.asyncio.debug;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.Carrier;
import dev.asyncio.EventLoop;
import dev.asyncio.RunnerOptions;
import dev.asyncio.Task;
import dev.asyncio.support.ChildJvm;
import dev.asyncio.support.Jdk;
import dev.asyncio.support.Runs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A virtual thread that waits below a frame which the JVM cannot unmount keeps its carrier: debug mode says whose it is. */
class PinDetectorTest {
    /** Awaits while it is initialized. Each use wants a class of its own: a class is initialized once. */
    static class AwaitsInItsInitializer {
        static final String VALUE = await(sleep(Duration.ofMillis(1), "initialized"));
    }

    static class AwaitsInItsInitializerOnAPlatformThread {
        static final String VALUE = await(sleep(Duration.ofMillis(1), "initialized"));
    }

    static class AwaitsInItsInitializerInAChild {
        static final String VALUE = await(sleep(Duration.ofMillis(1), "initialized"));
    }

    /** And not what takes long: a step that loads classes may, on a machine that is busy. */
    private static void reportTo(List<String> reports) {
        EventLoop running = getRunningLoop();
        running.setSlowCallbackDuration(Duration.ofDays(1));
        running.setExceptionHandler((loop, report) -> reports.add(report.message()));
    }

    @Test
    void debugModeNamesTheTaskThatAwaitsInAClassInitializer() {
        Jdk.assumeAtLeast(21, "virtual threads");
        List<String> reports = new ArrayList<>();
        Asyncio.run(
                () -> {
                    reportTo(reports);
                    Task<String> pinned = createTask(() -> AwaitsInItsInitializer.VALUE, "pinned");
                    assertEquals("initialized", await(pinned));
                    await(createTask(() -> await(sleep(Duration.ZERO)), "free"));
                },
                Runs.onVirtualTime(Carrier.VIRTUAL).withDebug(true));
        assertEquals(1, reports.size(), reports::toString);
        assertTrue(reports.get(0).startsWith("<Task 'pinned'"), reports::toString);
        assertTrue(reports.get(0).contains("a class initializer"), reports::toString);
        assertTrue(reports.get(0).contains("AwaitsInItsInitializer.<clinit>"), reports::toString);
    }

    @Test
    void aPlatformThreadIsNotPinned() {
        List<String> reports = new ArrayList<>();
        Asyncio.run(
                () -> {
                    reportTo(reports);
                    assertEquals("initialized", await(createTask(() -> AwaitsInItsInitializerOnAPlatformThread.VALUE)));
                },
                Runs.onVirtualTime(Carrier.PLATFORM).withDebug(true));
        assertEquals(List.of(), reports);
    }

    /** With two carrier threads, one of them pinned, the rest of the program goes on with the other. */
    @Test
    void aProgramOnTwoCarriersSurvivesOnePinnedBodyAndSaysWho() throws Exception {
        Jdk.assumeAtLeast(21, "virtual threads");
        try (ChildJvm child = ChildJvm.with(
                        "-Djdk.virtualThreadScheduler.parallelism=2",
                        "-Djdk.virtualThreadScheduler.maxPoolSize=2",
                        "-Ddev.asyncio.carrier=virtual")
                .start(OnTwoCarriers.class)) {
            List<String> lines = child.lines();
            assertTrue(lines.contains("report: pinned"), lines::toString);
            assertEquals("initialized, and 100 others", lines.get(lines.size() - 1));
        }
    }

    static class OnTwoCarriers {
        public static void main(String[] args) {
            Asyncio.run(
                    () -> {
                        getRunningLoop()
                                .setExceptionHandler((loop, report) -> System.out.println(
                                        "report: " + report.task().getName()));
                        Task<String> pinned = createTask(() -> AwaitsInItsInitializerInAChild.VALUE, "pinned");
                        List<Task<Integer>> others = new ArrayList<>();
                        for (int i = 0; i < 100; i++) {
                            others.add(createTask(() -> await(sleep(Duration.ofMillis(1), 1))));
                        }
                        int count = await(Asyncio.gather(others)).size();
                        System.out.println(await(pinned) + ", and " + count + " others");
                    },
                    RunnerOptions.DEFAULT.withDebug(true));
        }
    }
}
