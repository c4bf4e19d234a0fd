package dev.asyncio.loop;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.runCoroutineThreadsafe;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.EventLoop;
import dev.asyncio.Future;
import dev.asyncio.KeyboardInterrupt;
import dev.asyncio.Task;
import dev.asyncio.support.Trace;
import dev.asyncio.testing.VirtualTimeLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** {@code runForever}, {@code runUntilComplete}, {@code stop} and {@code close} of a loop made by hand. */
class RunAndStopTest {
    private final VirtualTimeLoop loop = new VirtualTimeLoop();
    private final Trace trace = new Trace();

    @AfterEach
    void close() {
        loop.close();
    }

    // ---- stop

    @Test
    void stopLetsTheIterationFinishAndLeavesTheNextOneForLater() {
        loop.callSoon(() -> {
            trace.add("a");
            loop.stop();
            loop.callSoon(trace.adding("next run"));
        });
        loop.callSoon(trace.adding("b"));
        loop.runForever();
        trace.is("a", "b");
        loop.callSoon(loop::stop);
        loop.runForever();
        trace.is("a", "b", "next run");
    }

    @Test
    void stopBeforeTheRunMakesItOneIterationLong() {
        loop.callSoon(() -> {
            trace.add("first");
            loop.callSoon(trace.adding("second"));
        });
        loop.stop();
        loop.runForever();
        trace.is("first");
        loop.stop();
        loop.runForever();
        trace.is("first", "second");
    }

    @Test
    void theLoopRunsBetweenStartAndEndOnly() {
        assertFalse(loop.isRunning());
        loop.callSoon(() -> trace.add(loop.isRunning()));
        loop.stop();
        loop.runForever();
        trace.is(true);
        assertFalse(loop.isRunning());
    }

    @Test
    void aLoopTellsItsState() {
        assertTrue(
                loop.toString()
                        .matches("<VirtualTimeLoop \\d+ running=false closed=false debug=false carrier=\\w+ stacks=0>"),
                loop::toString);
        loop.runUntilComplete(() -> assertTrue(loop.toString().contains("running=true"), loop::toString));
        loop.close();
        assertTrue(loop.toString().contains("closed=true"), loop::toString);
    }

    // ---- runUntilComplete

    @Test
    void itReturnsTheResult() {
        assertEquals(7, loop.runUntilComplete(() -> 7));
        assertEquals("slept", loop.runUntilComplete(sleep(Duration.ofSeconds(1), "slept")));
        Future<String> future = loop.createFuture();
        loop.callSoon(() -> future.setResult("from a callback"));
        assertEquals("from a callback", loop.runUntilComplete(future));
        loop.runUntilComplete(() -> trace.add("void"));
        trace.is("void");
    }

    @Test
    void itThrowsTheExceptionAsItIs() {
        IOException checked = new IOException("checked");
        IOException caught = assertThrows(
                IOException.class,
                () -> loop.runUntilComplete(
                        () -> {
                            throw checked;
                        },
                        IOException.class));
        assertSame(checked, caught);
    }

    @Test
    void itThrowsTheCancellation() {
        Future<Void> future = loop.createFuture();
        loop.callSoon(() -> future.cancel("no more"));
        CancelledError error = assertThrows(CancelledError.class, () -> loop.runUntilComplete(future));
        assertEquals("no more", error.getMessage());
    }

    @Test
    void aFutureThatIsDoneStillRunsOneIteration() {
        Future<Integer> done = loop.createFuture();
        done.setResult(7);
        loop.callSoon(() -> {
            trace.add("this iteration");
            loop.callSoon(trace.adding("not this one"));
        });
        assertEquals(7, loop.runUntilComplete(done));
        trace.is("this iteration");
    }

    @Test
    void stoppedBeforeTheFutureIsDoneIsAnErrorAndTheFutureIsLeftAlone() {
        Future<Integer> future = loop.createFuture();
        loop.callSoon(loop::stop);
        IllegalStateException error = assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(future));
        assertTrue(error.getMessage().startsWith("Event loop stopped before Future completed"), error::getMessage);
        assertEquals("<Future pending>", future.toString(), "its callback is gone");
        loop.callSoon(() -> {
            future.setResult(1);
            trace.add("set");
        });
        loop.runUntilIdle();
        trace.is("set");
    }

    @Test
    void aFutureOfAnotherLoopIsRefused() {
        try (VirtualTimeLoop other = new VirtualTimeLoop()) {
            Future<Integer> foreign = other.createFuture();
            assertThrows(IllegalArgumentException.class, () -> loop.runUntilComplete(foreign));
        }
    }

    @Test
    void oneLoopRunsSeveralTimesAndItsTasksGoOn() {
        Task<String> background = loop.createTask(() -> await(sleep(Duration.ofSeconds(10), "background")));
        loop.runUntilComplete(sleep(Duration.ofSeconds(3)));
        assertFalse(background.done());
        assertEquals("background", loop.runUntilComplete(background));
        assertEquals(Duration.ofSeconds(10), loop.time());
    }

    // ---- running inside of running

    @Test
    void runningALoopThatRunsIsRefused() {
        loop.callSoon(() -> {
            assertThrows(IllegalStateException.class, loop::runForever);
            assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(() -> 7));
            trace.add("refused");
        });
        loop.runUntilComplete(() -> {
            assertThrows(IllegalStateException.class, loop::runForever);
            trace.add("refused in a body, too");
        });
        trace.is("refused", "refused in a body, too");
    }

    @Test
    void runningAnotherLoopOnAThreadThatRunsOneIsRefusedAndSchedulesNothing() {
        try (VirtualTimeLoop other = new VirtualTimeLoop()) {
            loop.runUntilComplete(() -> {
                assertThrows(IllegalStateException.class, other::runForever);
                assertThrows(IllegalStateException.class, () -> other.runUntilComplete(() -> 7));
                assertEquals(0, Asyncio.allTasks(other).size());
                trace.add("refused");
            });
        }
        trace.is("refused");
    }

    // ---- close

    @Test
    void closingARunningLoopIsRefused() {
        loop.runUntilComplete(() -> {
            assertThrows(IllegalStateException.class, loop::close);
            assertFalse(loop.isClosed());
        });
        loop.callSoon(() -> {
            assertThrows(IllegalStateException.class, loop::close);
            trace.add("refused");
        });
        loop.runUntilIdle();
        trace.is("refused");
    }

    @Test
    void closeDropsWhatIsScheduledAndClosingAgainDoesNothing() {
        loop.callSoon(trace.adding("callback"));
        loop.callLater(Duration.ofSeconds(1), trace.adding("timer"));
        loop.callSoonThreadsafe(trace.adding("threadsafe"));
        loop.close();
        loop.close();
        assertTrue(loop.isClosed());
        trace.is();
    }

    @Test
    void whateverSchedulesOnAClosedLoopIsRefused() {
        Future<Integer> future = loop.createFuture();
        loop.close();
        String closed = "Event loop is closed";
        assertEquals(closed, refusal(() -> loop.callSoon(() -> {})));
        assertEquals(closed, refusal(() -> loop.callSoonThreadsafe(() -> {})));
        assertEquals(closed, refusal(() -> loop.callLater(Duration.ZERO, () -> {})));
        assertEquals(closed, refusal(() -> loop.callAt(Duration.ZERO, () -> {})));
        assertEquals(closed, refusal(() -> loop.createTask(() -> 7)));
        assertEquals(closed, refusal(() -> loop.runInExecutor(null, () -> 7)));
        assertEquals(closed, refusal(loop::runForever));
        assertEquals(closed, refusal(() -> loop.runUntilComplete(future)));
        assertEquals(closed, refusal(() -> loop.runUntilComplete(() -> 7)));
        assertEquals(closed, refusal(() -> Asyncio.runCoroutineThreadsafe(() -> 7, loop)));
        assertEquals(closed, refusal(() -> loop.addSignalHandler("USR2", () -> {})));
        assertEquals(closed, refusal(() -> loop.advance(Duration.ZERO)));
    }

    private static String refusal(Executable call) {
        return assertThrows(IllegalStateException.class, call).getMessage();
    }

    @Test
    void closingGoesOnWhenTheExceptionHandlerThrows() {
        EventLoop real = Asyncio.newEventLoop();
        CompletableFuture<Integer> ofAnotherThread = runCoroutineThreadsafe(() -> 7, real);
        Thread[] worker = new Thread[1];
        real.runUntilComplete(Asyncio.toThread(() -> worker[0] = Thread.currentThread()));
        real.createTask(() -> await(sleep(Duration.ofDays(1))));
        real.callSoon(real::stop);
        real.runForever();
        CompletableFuture<Integer> tooLate = runCoroutineThreadsafe(() -> 8, real);
        real.setExceptionHandler((l, report) -> {
            throw new KeyboardInterrupt();
        });
        assertThrows(KeyboardInterrupt.class, real::close);
        assertEquals(7, ofAnotherThread.join());
        assertThrows(CompletionException.class, tooLate::join);
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> worker[0].join());
        real.close();
    }

    @Test
    void allThatGoesWrongInCloseIsThrownHoweverAlikeItIs() {
        loop.createTask(() -> await(sleep(Duration.ofDays(1))));
        loop.createFuture().setException(new IOException("never retrieved"));
        loop.setExceptionHandler((l, report) -> {
            throw new Alike();
        });
        Alike first = assertThrows(Alike.class, loop::close);
        assertEquals(1, first.getSuppressed().length);
        assertNotSame(first, first.getSuppressed()[0]);
    }

    private static final class Alike extends VirtualMachineError {
        private static final long serialVersionUID = 1;

        @Override
        public boolean equals(Object other) {
            return other instanceof Alike;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @Test
    void aTaskThatNobodyCouldHaveAwaitedIsNotReportedAsDestroyed() {
        loop.setExceptionHandler(
                (l, report) -> trace.add(report.message() + " " + report.task().getName()));
        loop.createTask(() -> await(gather(sleep(Duration.ofDays(1)), sleep(Duration.ofDays(2)))), "gathers");
        loop.callSoon(loop::stop);
        assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(sleep(Duration.ofDays(3))));
        loop.close();
        trace.is("Task was destroyed but it is pending! gathers");
    }

    // ---- timers of long ago

    @Test
    void aTimerThatWasDueBeforeTheClockBeganFiresAtOnce() {
        EventLoop real = Asyncio.newEventLoop();
        real.callAt(Duration.ofSeconds(Long.MIN_VALUE), trace.adding("at"));
        real.callLater(Duration.ofSeconds(Long.MIN_VALUE), () -> {
            trace.add("later");
            real.stop();
        });
        real.runForever();
        real.close();
        trace.is("at", "later");
    }

    // ---- fatal errors

    @Test
    void aKeyboardInterruptOfACallbackLeavesTheLoopWhichCanRunAgain() {
        loop.callSoon(trace.adding("before"));
        loop.callSoon(() -> {
            throw new KeyboardInterrupt();
        });
        loop.callSoon(trace.adding("after"));
        assertThrows(KeyboardInterrupt.class, loop::runForever);
        trace.is("before");
        assertFalse(loop.isRunning());
        loop.runUntilIdle();
        trace.is("before", "after");
    }

    @Test
    void aKeyboardInterruptOfABodyLeavesTheLoopAndStaysInTheTask() {
        KeyboardInterrupt interrupt = new KeyboardInterrupt();
        Task<Void> task = loop.createTask(() -> {
            await(sleep(Duration.ofSeconds(1)));
            throw interrupt;
        });
        Task<String> other = loop.createTask(() -> await(sleep(Duration.ofSeconds(2), "unharmed")));
        assertSame(interrupt, assertThrows(KeyboardInterrupt.class, loop::runForever));
        assertSame(interrupt, task.exception());
        assertEquals("unharmed", loop.runUntilComplete(other));
    }

    @Test
    void runUntilCompleteThrowsTheFatalErrorOfItsTask() {
        assertThrows(
                KeyboardInterrupt.class,
                () -> loop.runUntilComplete(() -> {
                    throw new KeyboardInterrupt();
                }));
        assertEquals(7, loop.runUntilComplete(() -> 7));
    }

    @Test
    void aFatalErrorOfADoneCallbackLeavesTheLoop() {
        Future<Integer> future = loop.createFuture();
        future.addDoneCallback(done -> {
            throw new OutOfMemoryError("thrown by hand");
        });
        future.setResult(1);
        assertThrows(OutOfMemoryError.class, loop::runForever);
    }

    @Test
    void aStackOverflowInACallbackIsReportedLikeAnyOtherException() {
        loop.setExceptionHandler((l, context) -> trace.add(context.exception().getClass()));
        loop.callSoon(() -> {
            throw new StackOverflowError();
        });
        loop.callSoon(trace.adding("goes on"));
        loop.runUntilIdle();
        trace.is(StackOverflowError.class, "goes on");
    }
}
