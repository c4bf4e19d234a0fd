package dev.asyncio.runner;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.taskGroup;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.EventLoop;
import dev.asyncio.KeyboardInterrupt;
import dev.asyncio.NoRunningLoopException;
import dev.asyncio.RunnerOptions;
import dev.asyncio.Task;
import dev.asyncio.support.AsyncioLog;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Trace;
import dev.asyncio.testing.VirtualTimeLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code run}: a loop from beginning to end. */
class RunTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final Trace trace = new Trace();

    // ---- run

    @Test
    void runReturnsTheResultOfMain() {
        assertEquals(7, Runs.virtual(() -> 7));
        Runs.virtual(() -> trace.add("void"));
        trace.is("void");
    }

    @Test
    void runThrowsTheExceptionOfMainUnchanged() {
        IOException error = new IOException("main failed");
        assertSame(
                error,
                assertThrows(
                        IOException.class,
                        () -> Asyncio.run(
                                () -> {
                                    throw error;
                                },
                                Runs.onVirtualTime(),
                                IOException.class)));
    }

    @Test
    void aMainThatEndsCancelledThrowsCancelledError() {
        CancelledError error = assertThrows(
                CancelledError.class,
                () -> Runs.virtual(() -> {
                    throw new CancelledError("by itself");
                }));
        assertEquals("by itself", error.getMessage());
    }

    @Test
    void eachRunHasALoopOfItsOwnWhichIsClosedAtTheEnd() {
        EventLoop first = Runs.virtual(() -> getRunningLoop());
        EventLoop second = Runs.virtual(() -> getRunningLoop());
        assertNotSame(first, second);
        assertTrue(first.isClosed() && second.isClosed());
        assertThrows(NoRunningLoopException.class, Asyncio::getRunningLoop);
    }

    @Test
    void theLoopIsClosedAfterAFailureToo() {
        EventLoop[] loop = new EventLoop[1];
        assertThrows(
                IllegalStateException.class,
                () -> Runs.virtual(() -> {
                    loop[0] = getRunningLoop();
                    throw new IllegalStateException("main failed");
                }));
        assertTrue(loop[0].isClosed());
    }

    @Test
    void runInsideOfARunningLoopIsRefusedAndDoesNothing() {
        Runs.virtual(() -> {
            IllegalStateException error = assertThrows(
                    IllegalStateException.class, () -> Asyncio.run(() -> trace.add("inner"), Runs.onVirtualTime()));
            assertTrue(error.getMessage().contains("cannot be called from a running event loop"), error::getMessage);
        });
        trace.is();
    }

    @Test
    void runInsideOfACallbackIsRefusedToo() {
        try (VirtualTimeLoop loop = new VirtualTimeLoop()) {
            loop.callSoon(() -> {
                assertThrows(IllegalStateException.class, () -> Runs.virtual(() -> 7));
                trace.add("refused");
            });
            loop.runUntilIdle();
        }
        trace.is("refused");
    }

    @Test
    void aFatalErrorOfMainLeavesRunAfterTheOthersHaveBeenCleanedUp() {
        assertThrows(
                KeyboardInterrupt.class,
                () -> Runs.virtual(() -> {
                    createTask(() -> {
                        try {
                            await(sleep(Duration.ofDays(1)));
                        } finally {
                            trace.add("cleaned up");
                        }
                    });
                    await(sleep(A_SECOND));
                    throw new KeyboardInterrupt();
                }));
        trace.is("cleaned up");
        assertEquals(7, Runs.virtual(() -> 7), "and the next run is like any other");
    }

    @Test
    void aFatalErrorOfAGroupsTaskLeavesRunAsItIsThoughTheGroupThrowsItAgain() {
        KeyboardInterrupt error = new KeyboardInterrupt();
        KeyboardInterrupt left = assertThrows(
                KeyboardInterrupt.class,
                () -> Runs.virtual(() -> await(taskGroup(group -> {
                    group.createTask(() -> {
                        await(sleep(A_SECOND));
                        throw error;
                    });
                }))));
        assertSame(error, left);
    }

    @Test
    void runSetsTheThreadsLoopAndTakesItAway() {
        Asyncio.run(
                () -> assertSame(getRunningLoop(), Asyncio.getEventLoop()),
                RunnerOptions.DEFAULT.withInterruptHandler(false));
        assertThrows(NoRunningLoopException.class, Asyncio::getEventLoop);
    }

    @Test
    void withALoopFactoryTheThreadsLoopIsLeftAlone() {
        EventLoop mine = Asyncio.newEventLoop();
        Asyncio.setEventLoop(mine);
        Runs.virtual(() -> 7);
        assertSame(mine, Asyncio.getEventLoop());
        mine.close();
        Asyncio.setEventLoop(null);
    }

    // ---- the end of a run

    @Test
    void tasksThatAreLeftAreCancelledAndWaitedFor() {
        String result = Runs.virtual(() -> {
            for (String name : List.of("A", "B")) {
                createTask(() -> {
                    try {
                        await(sleep(Duration.ofDays(1)));
                    } catch (CancelledError e) {
                        trace.add(name + " cancelled");
                        await(sleep(A_SECOND));
                        trace.add(name + " cleaned up");
                        throw e;
                    }
                });
            }
            await(sleep(A_SECOND));
            return "main's result";
        });
        assertEquals("main's result", result);
        trace.is("A cancelled", "B cancelled", "A cleaned up", "B cleaned up");
    }

    @Test
    void aTaskThatRefusesIsWaitedFor() {
        Task<String> left = Runs.virtual(() -> {
            Task<String> stubborn = createTask(() -> {
                try {
                    await(sleep(Duration.ofDays(1)));
                } catch (CancelledError e) {
                    await(sleep(Duration.ofHours(1)));
                }
                return "in my own time";
            });
            await(sleep(A_SECOND));
            return stubborn;
        });
        assertEquals("in my own time", left.result());
    }

    @Test
    void aTaskMadeWhileTheOthersAreCancelledIsNotCancelled() {
        Runs.virtual(() -> {
            createTask(() -> {
                try {
                    await(sleep(Duration.ofDays(1)));
                } finally {
                    await(createTask(() -> {
                        await(sleep(A_SECOND));
                        trace.add("late task ended by itself");
                    }));
                }
            });
            await(sleep(A_SECOND));
        });
        trace.is("late task ended by itself");
    }

    @Test
    void aFailureDuringTheShutdownIsReportedAndDoesNotChangeTheResult() {
        String result = Runs.virtual(() -> {
            createTask(() -> {
                try {
                    await(sleep(Duration.ofDays(1)));
                } catch (CancelledError e) {
                    throw new IllegalStateException("while shutting down");
                }
            });
            await(sleep(A_SECOND));
            return "main's result";
        });
        assertEquals("main's result", result);
        assertEquals(
                "while shutting down",
                AsyncioLog.expect("unhandled exception during asyncio.run() shutdown")
                        .getThrown()
                        .getMessage());
    }

    @Test
    void firstTasksThenTheExecutorThenTheLoop() {
        Runs.virtual(() -> {
            EventLoop loop = getRunningLoop();
            createTask(() -> {
                try {
                    await(sleep(Duration.ofDays(1)));
                } finally {
                    trace.add("task cancelled");
                    trace.add(await(loop.runInExecutor(null, () -> "executor still there")));
                }
            });
            await(sleep(A_SECOND));
        });
        trace.is("task cancelled", "executor still there");
    }

    /** One for main, two each for generators and the executor; what the last of them schedules does not run any more. */
    @Test
    void theShutdownTakesAsManyIterationsAsAsyncios() {
        int[] count = {0};
        Runs.virtual(() -> {
            EventLoop loop = getRunningLoop();
            loop.callSoon(new Runnable() {
                @Override
                public void run() {
                    count[0]++;
                    loop.callSoon(this);
                }
            });
        });
        assertEquals(5, count[0]);
    }

    @Test
    void theLoopIsClosedEvenIfTheShutdownFails() {
        EventLoop[] loop = new EventLoop[1];
        assertThrows(
                KeyboardInterrupt.class,
                () -> Runs.virtual(() -> {
                    loop[0] = getRunningLoop();
                    createTask(() -> {
                        try {
                            await(sleep(Duration.ofDays(1)));
                        } finally {
                            interrupt();
                        }
                    });
                    await(sleep(A_SECOND));
                }));
        assertTrue(loop[0].isClosed());
    }

    private static void interrupt() {
        throw new KeyboardInterrupt();
    }
}
