package dev.asyncio.debug;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.EventLoop;
import dev.asyncio.ExceptionContext;
import dev.asyncio.Future;
import dev.asyncio.RunnerOptions;
import dev.asyncio.Task;
import dev.asyncio.support.AsyncioLog;
import dev.asyncio.support.ChildJvm;
import dev.asyncio.support.Runs;
import dev.asyncio.testing.VirtualTimeLoop;
import dev.asyncio.vertx.VertxFutures;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What debug mode says about programs that go wrong. */
class DebugModeTest {
    private static final Duration A_NANOSECOND = Duration.ofNanos(1);

    // ---- on and off

    @Test
    void itIsOffUnlessItIsAskedForAndCanBeSwitchedWhileTheLoopRuns() {
        Runs.virtual(() -> {
            EventLoop loop = getRunningLoop();
            assertFalse(loop.getDebug());
            loop.setDebug(true);
            assertTrue(loop.getDebug());
            assertTrue(loop.toString().contains("debug=true"), loop::toString);
            loop.setDebug(false);
        });
    }

    @Test
    void aSystemPropertySwitchesItOnForAllLoops() throws Exception {
        try (ChildJvm child = ChildJvm.with("-Ddev.asyncio.debug=true").start(Tells.class)) {
            assertEquals(List.of("true", "false"), child.lines());
        }
        try (ChildJvm child = ChildJvm.with().start(Tells.class)) {
            assertEquals(List.of("false", "false"), child.lines());
        }
    }

    static class Tells {
        public static void main(String[] args) {
            Asyncio.run(() -> System.out.println(getRunningLoop().getDebug()));
            Asyncio.run(() -> System.out.println(getRunningLoop().getDebug()), RunnerOptions.DEFAULT.withDebug(false));
        }
    }

    // ---- slow callbacks

    @Test
    void theDefaultThresholdIsATenthOfASecond() {
        try (VirtualTimeLoop loop = new VirtualTimeLoop()) {
            assertEquals(Duration.ofMillis(100), loop.getSlowCallbackDuration());
            loop.setSlowCallbackDuration(Duration.ofSeconds(1));
            assertEquals(Duration.ofSeconds(1), loop.getSlowCallbackDuration());
        }
    }

    @Test
    void aCallbackThatTakesTooLongIsNamed() {
        AsyncioLog.keepSlowSteps();
        try (VirtualTimeLoop loop = new VirtualTimeLoop()) {
            loop.setDebug(true);
            loop.setSlowCallbackDuration(A_NANOSECOND);
            loop.callSoon(new Slow());
            loop.runUntilIdle();
        }
        String message = AsyncioLog.messageOf(AsyncioLog.expect("a slow callback"));
        assertTrue(message.matches("(?s)Executing <Handle a slow callback.*> took \\d+\\.\\d{3} seconds"), message);
    }

    private static final class Slow implements Runnable {
        @Override
        public void run() {}

        @Override
        public String toString() {
            return "a slow callback";
        }
    }

    @Test
    void aStepOfABodyThatTakesTooLongIsNamedByItsTask() {
        AsyncioLog.keepSlowSteps();
        try (VirtualTimeLoop loop = new VirtualTimeLoop()) {
            loop.setDebug(true);
            Task<Void> task = loop.createTask(
                    () -> {
                        loop.setSlowCallbackDuration(A_NANOSECOND);
                        await(sleep(Duration.ZERO));
                        loop.setSlowCallbackDuration(Duration.ofDays(1));
                    },
                    "blocks");
            loop.runUntilComplete(task);
        }
        assertTrue(AsyncioLog.messageOf(AsyncioLog.expect("Executing <Task")).contains("'blocks'"));
    }

    @Test
    void aBodyThatEndsInASlowStepIsNamedToo() {
        AsyncioLog.keepSlowSteps();
        try (VirtualTimeLoop loop = new VirtualTimeLoop()) {
            loop.setDebug(true);
            Task<Void> task = loop.createTask(() -> loop.setSlowCallbackDuration(A_NANOSECOND), "blocks at its end");
            task.addDoneCallback(done -> loop.setSlowCallbackDuration(Duration.ofDays(1)));
            loop.runUntilComplete(task);
        }
        AsyncioLog.expect("'blocks at its end'");
        while (AsyncioLog.size() > 0) {
            AsyncioLog.expect("Executing"); // the done-callback is slower than a nanosecond, too
        }
    }

    @Test
    void withoutDebugModeNothingIsTimed() {
        try (VirtualTimeLoop loop = new VirtualTimeLoop()) {
            loop.setSlowCallbackDuration(Duration.ZERO);
            loop.callSoon(new Slow());
            loop.runUntilComplete(() -> await(sleep(Duration.ZERO)));
        }
    }

    // ---- where things were made

    @Test
    void handlesAndFuturesTellWhereTheyWereMade() {
        try (VirtualTimeLoop loop = new VirtualTimeLoop()) {
            loop.setDebug(true);
            String place = " created at " + DebugModeTest.class.getName() + ".handlesAndFuturesTellWhereTheyWereMade(";
            assertTrue(loop.callSoon(() -> {}).toString().contains(place), () -> place);
            assertTrue(loop.createFuture().toString().contains(place));
            Task<Void> task = loop.createTask(() -> {});
            assertTrue(task.toString().contains(place), task::toString);
            loop.runUntilIdle();
            assertTrue(task.toString().contains(place), "once it is done, too");
        }
    }

    @Test
    void aTaskThatIsBeingCancelledStillTellsWhereItWasMade() {
        try (VirtualTimeLoop loop = new VirtualTimeLoop()) {
            loop.setDebug(true);
            Task<Void> task = loop.createTask(() -> {});
            task.addDoneCallback(done -> {});
            task.cancel();
            String place = " cancelling callbacks=1 created at " + DebugModeTest.class.getName();
            assertTrue(task.toString().contains(place), task::toString);
            loop.runUntilIdle();
        }
    }

    @Test
    void reportsCarryTheOriginOfWhatTheyNameIfThatHasOne() {
        assertEquals("scheduleFailure", originInReport(DebugModeTest::scheduleFailure));
        assertEquals("complete", originInReport(DebugModeTest::failInADoneCallback));
        assertEquals("failInALateDoneCallback", originInReport(DebugModeTest::failInALateDoneCallback));
        assertEquals("leavePending", originInReport(DebugModeTest::leavePending));
        assertEquals("swallowCancellation", originInReport(DebugModeTest::swallowCancellation));
        assertEquals("forgetAwait", originInReport(DebugModeTest::forgetAwait));
    }

    private static void scheduleFailure(EventLoop loop) {
        loop.callSoon(() -> {
            throw new IllegalStateException("fails");
        });
    }

    private static void failInADoneCallback(EventLoop loop) {
        Future<Integer> future = loop.createFuture();
        future.addDoneCallback(done -> {
            throw new IllegalStateException("fails");
        });
        complete(future);
    }

    private static void failInALateDoneCallback(EventLoop loop) {
        Future<Integer> future = loop.createFuture();
        complete(future);
        future.addDoneCallback(done -> {
            throw new IllegalStateException("fails");
        });
    }

    private static void complete(Future<Integer> future) {
        future.setResult(1);
    }

    private static void leavePending(EventLoop loop) {
        loop.createTask(() -> await(loop.createFuture()));
    }

    private static void swallowCancellation(EventLoop loop) {
        Task<Void> task = loop.createTask(() -> {
            assertThrows(CancelledError.class, () -> await(sleep(Duration.ofDays(1))));
            await(sleep(Duration.ZERO));
        });
        loop.callLater(Duration.ofHours(1), () -> task.cancel());
    }

    private static void forgetAwait(EventLoop loop) {
        loop.createTask(() -> sleep(Duration.ZERO));
    }

    /** The method in which that was made which the only report about a program names. */
    private static String originInReport(Consumer<EventLoop> program) {
        List<ExceptionContext> reports = new ArrayList<>();
        try (VirtualTimeLoop loop = new VirtualTimeLoop()) {
            loop.setDebug(true);
            loop.setExceptionHandler((l, report) -> reports.add(report));
            program.accept(loop);
            loop.runUntilIdle();
        }
        assertEquals(1, reports.size(), reports::toString);
        List<?> frames = assertInstanceOf(List.class, reports.get(0).extras().get("source_traceback"));
        assertTrue(frames.size() <= 10);
        return ((StackTraceElement) frames.get(0)).getMethodName();
    }

    @Test
    void thePlaceOfATaskIsTheUsersAndNotTheSdks() {
        Asyncio.run(
                () -> {
                    Task<Void> task = createTask(() -> {});
                    assertTrue(
                            task.toString().contains(" created at " + DebugModeTest.class.getName()), task::toString);
                    await(task);
                },
                Runs.onVirtualTime().withDebug(true));
    }

    @Test
    void thePlaceOfAWrappedFutureIsTheUsersToo() {
        Asyncio.run(
                () -> {
                    String wrapped =
                            VertxFutures.awaitable(Promise.promise().future()).toString();
                    assertTrue(wrapped.contains(" created at " + DebugModeTest.class.getName()), wrapped);
                },
                Runs.onVirtualTime().withDebug(true));
    }
}
