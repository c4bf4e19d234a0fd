package dev.asyncio.runner;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.AsyncIterator;
import dev.asyncio.AsyncIterators;
import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.KeyboardInterrupt;
import dev.asyncio.RunnerOptions;
import dev.asyncio.support.ChildJvm;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ctrl-C during a run, and the end of the JVM in the middle of one: in JVMs of their own. */
class JvmEndTest {
    private static final int EXIT_BY_TERM = 128 + 15;
    private static final int EXIT_BY_INT = 128 + 2;

    // ---- Ctrl-C

    @Test
    void ctrlCCancelsMainAndRunThrowsKeyboardInterrupt() throws Exception {
        try (ChildJvm child = ChildJvm.with().start(Sleeper.class)) {
            child.awaitLine("ready").signal("INT");
            assertEquals(
                    List.of("ready", "main cancelled", "task cancelled", "KeyboardInterrupt", "went on"),
                    child.lines());
        }
    }

    static class Sleeper {
        public static void main(String[] args) {
            try {
                Asyncio.run(() -> {
                    createTask(() -> sleepAndTell("task"));
                    await(sleep(Duration.ZERO));
                    System.out.println("ready");
                    sleepAndTell("main");
                });
            } catch (KeyboardInterrupt e) {
                System.out.println("KeyboardInterrupt");
            }
            System.out.println("went on");
        }
    }

    @Test
    void aMainThatAnswersCtrlCWithAResultReturnsIt() throws Exception {
        try (ChildJvm child = ChildJvm.with().start(Answers.class)) {
            child.awaitLine("ready").signal("INT");
            assertEquals(List.of("ready", "my own answer"), child.lines());
        }
    }

    static class Answers {
        public static void main(String[] args) {
            System.out.println(Asyncio.run(() -> {
                try {
                    System.out.println("ready");
                    await(sleep(Duration.ofDays(1)));
                    return "slept";
                } catch (CancelledError e) {
                    return "my own answer";
                }
            }));
        }
    }

    /** The first is swallowed by main; the second leaves the loop without asking anybody. */
    @Test
    void aSecondCtrlCLeavesTheLoopAtOnceAndStillCleansUp() throws Exception {
        try (ChildJvm child = ChildJvm.with().start(Stubborn.class)) {
            child.awaitLine("ready").signal("INT").awaitLine("swallowed").signal("INT");
            assertEquals(
                    List.of("ready", "swallowed", "cancelled by the shutdown", "KeyboardInterrupt"), child.lines());
        }
    }

    static class Stubborn {
        public static void main(String[] args) {
            try {
                Asyncio.run(() -> {
                    try {
                        System.out.println("ready");
                        await(sleep(Duration.ofDays(1)));
                    } catch (CancelledError e) {
                        System.out.println("swallowed");
                    }
                    try {
                        await(sleep(Duration.ofDays(1)));
                    } catch (CancelledError e) {
                        System.out.println("cancelled by the shutdown");
                        throw e;
                    }
                });
            } catch (KeyboardInterrupt e) {
                System.out.println("KeyboardInterrupt");
            }
        }
    }

    @Test
    void afterTheRunCtrlCEndsTheJvmAsBefore() throws Exception {
        try (ChildJvm child = ChildJvm.with().start(RunsFirst.class)) {
            child.awaitLine("ran").signal("INT");
            assertEquals(EXIT_BY_INT, child.awaitExit());
        }
    }

    static class RunsFirst {
        public static void main(String[] args) throws InterruptedException {
            Asyncio.run(() -> await(sleep(Duration.ofMillis(1))));
            System.out.println("ran");
            Thread.currentThread().join();
        }
    }

    @Test
    void ctrlCEndsTheJvmWhereTheOptionsLeaveItAlone() throws Exception {
        try (ChildJvm child = ChildJvm.with().start(WithoutHandler.class)) {
            child.awaitLine("ready").signal("INT");
            // Through the exit hook, which cancels main.
            assertEquals(EXIT_BY_INT, child.awaitExit());
            assertEquals(List.of("ready", "main cancelled"), child.output());
        }
    }

    static class WithoutHandler {
        public static void main(String[] args) {
            quietly(() -> Asyncio.run(
                    () -> {
                        System.out.println("ready");
                        sleepAndTell("main");
                    },
                    RunnerOptions.DEFAULT.withInterruptHandler(false)));
        }
    }

    @Test
    void aHandlerThatIsThereAlreadyKeepsCtrlC() throws Exception {
        try (ChildJvm child = ChildJvm.with().start(ClaimsCtrlC.class)) {
            child.awaitLine("ready").signal("INT");
            assertEquals(List.of("ready", "my own handler", "went on"), child.lines());
        }
    }

    @Test
    void ctrlCReachesAMainThatNeverWaitsForLong() throws Exception {
        try (ChildJvm child = ChildJvm.with().start(Busy.class)) {
            child.awaitLine("ready").signal("INT");
            assertEquals(List.of("ready", "KeyboardInterrupt"), child.lines());
        }
    }

    static class Busy {
        public static void main(String[] args) {
            try {
                Asyncio.run(() -> {
                    System.out.println("ready");
                    while (true) {
                        await(sleep(Duration.ZERO));
                    }
                });
            } catch (KeyboardInterrupt e) {
                System.out.println("KeyboardInterrupt");
            }
        }
    }

    @Test
    void aHandlerOfTheLoopsHasCtrlCNoLongerThanItsRun() throws Exception {
        try (ChildJvm child = ChildJvm.with().start(HandlesCtrlCFirst.class)) {
            child.awaitLine("ready").signal("INT").awaitLine("ready again").signal("INT");
            child.awaitLine("KeyboardInterrupt").signal("INT");
            assertEquals(EXIT_BY_INT, child.awaitExit());
            assertEquals(List.of("ready", "handled", "ready again", "KeyboardInterrupt"), child.output());
        }
    }

    static class HandlesCtrlCFirst {
        public static void main(String[] args) throws InterruptedException {
            Asyncio.run(() -> {
                var heard = getRunningLoop().createFuture();
                getRunningLoop().addSignalHandler("INT", () -> {
                    System.out.println("handled");
                    heard.setResult(null);
                });
                System.out.println("ready");
                await(heard);
            });
            try {
                Asyncio.run(() -> {
                    System.out.println("ready again");
                    await(sleep(Duration.ofDays(1)));
                });
            } catch (KeyboardInterrupt e) {
                System.out.println("KeyboardInterrupt");
            }
            Thread.currentThread().join();
        }
    }

    // ---- signals for the loop

    @Test
    void aSignalHandlerOfTheLoopRunsAsACallback() throws Exception {
        try (ChildJvm child = ChildJvm.with().start(Handlers.class)) {
            child.awaitLine("ready")
                    .signal("USR2")
                    .awaitLine("USR2 in the loop")
                    .signal("TERM");
            assertEquals(
                    List.of("ready", "USR2 in the loop", "TERM in the loop", "removed: true, false"), child.lines());
        }
    }

    static class Handlers {
        public static void main(String[] args) {
            Asyncio.run(() -> {
                var loop = getRunningLoop();
                var end = loop.createFuture();
                loop.addSignalHandler("USR2", () -> System.out.println("USR2 in the loop"));
                loop.addSignalHandler("SIGTERM", () -> {
                    getRunningLoop();
                    System.out.println("TERM in the loop");
                    end.setResult(null);
                });
                System.out.println("ready");
                await(end);
                System.out.println(
                        "removed: " + loop.removeSignalHandler("USR2") + ", " + loop.removeSignalHandler("USR2"));
            });
        }
    }

    // ---- the end of the JVM

    @Test
    void askedToExitTheJvmCancelsMainAndWaitsForItsFinallyBlocks() throws Exception {
        try (ChildJvm child = ChildJvm.with().start(CleansUp.class)) {
            child.awaitLine("ready").signal("TERM");
            assertEquals(EXIT_BY_TERM, child.awaitExit());
            assertEquals(List.of("ready", "the JVM is shutting down", "cleaned up"), child.output());
        }
    }

    static class CleansUp {
        public static void main(String[] args) {
            quietly(() -> Asyncio.run(() -> {
                try {
                    System.out.println("ready");
                    await(sleep(Duration.ofDays(1)));
                } catch (CancelledError e) {
                    System.out.println(e.getMessage());
                    throw e;
                } finally {
                    await(sleep(Duration.ofMillis(50)));
                    System.out.println("cleaned up");
                }
            }));
        }
    }

    /** The JVM may or may not have the time to print the exception that a run ends with which it cut off itself. */
    private static void quietly(Runnable run) {
        try {
            run.run();
        } catch (CancelledError e) {
            // That is what it ends with.
        }
    }

    @Test
    void aMainThatRefusesToEndIsNotWaitedForForEver() throws Exception {
        try (ChildJvm child = ChildJvm.with().start(Refuses.class)) {
            child.awaitLine("ready").signal("TERM");
            assertEquals(EXIT_BY_TERM, child.awaitExit());
            assertTrue(child.output().contains("refused"));
        }
    }

    static class Refuses {
        public static void main(String[] args) {
            Asyncio.run(() -> {
                System.out.println("ready");
                while (true) {
                    try {
                        await(sleep(Duration.ofDays(1)));
                    } catch (CancelledError e) {
                        System.out.println("refused");
                    }
                }
            });
        }
    }

    @Test
    void exitCalledInABodyEndsTheJvmWithoutWaitingForItself() throws Exception {
        for (String where : List.of("body", "callback", "kotlin operation", "executor")) {
            try (ChildJvm child = ChildJvm.with().start(Exits.class, where)) {
                assertEquals(7, child.awaitExit(), where);
                assertFalse(child.output().contains("not reached"), () -> where + ": " + child.output());
            }
        }
    }

    static class Exits {
        public static void main(String[] args) {
            Asyncio.run(() -> {
                switch (args[0]) {
                    case "body":
                        await(sleep(Duration.ZERO));
                        System.exit(7);
                        break;
                    case "callback":
                        getRunningLoop().callSoon(() -> System.exit(7));
                        await(sleep(Duration.ofDays(1)));
                        break;
                    case "executor":
                        await(Asyncio.toThread(() -> System.exit(7)));
                        break;
                    default:
                        getRunningLoop().createTask(sleep(Duration.ZERO)).addDoneCallback(done -> System.exit(7));
                        await(sleep(Duration.ofDays(1)));
                }
                System.out.println("not reached");
            });
        }
    }

    @Test
    void theOtherTasksAndGeneratorsCleanUpToo() throws Exception {
        try (ChildJvm child = ChildJvm.with().start(LeavesMuch.class)) {
            child.awaitLine("ready").signal("TERM");
            assertEquals(EXIT_BY_TERM, child.awaitExit());
            assertEquals(List.of("ready", "main cancelled", "task cleaned up", "generator closed"), child.output());
        }
    }

    static class LeavesMuch {
        public static void main(String[] args) {
            quietly(() -> Asyncio.run(() -> {
                AsyncIterator<Integer> numbers = AsyncIterators.generate(emitter -> {
                    try {
                        emitter.emit(1);
                    } finally {
                        await(sleep(Duration.ofMillis(1)));
                        System.out.println("generator closed");
                    }
                });
                await(numbers.advance());
                createTask(() -> {
                    try {
                        await(sleep(Duration.ofDays(1)));
                    } finally {
                        await(sleep(Duration.ofMillis(50)));
                        System.out.println("task cleaned up");
                    }
                });
                await(sleep(Duration.ZERO));
                System.out.println("ready");
                sleepAndTell("main");
            }));
        }
    }

    @Test
    void aProgramThatIsDoneLeavesNothingThatKeepsTheJvmAlive() throws Exception {
        try (ChildJvm child = ChildJvm.with().start(Plain.class)) {
            assertEquals(List.of("hello"), child.lines());
        }
    }

    static class Plain {
        public static void main(String[] args) {
            Asyncio.run(() -> {
                await(Asyncio.toThread(() -> 7));
                await(createTask(() -> System.out.println("hello")));
            });
        }
    }

    private static void sleepAndTell(String who) {
        try {
            await(sleep(Duration.ofDays(1)));
        } catch (CancelledError e) {
            System.out.println(who + " cancelled");
            throw e;
        }
    }
}
