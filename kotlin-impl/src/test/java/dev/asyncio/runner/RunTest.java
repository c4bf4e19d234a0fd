package dev.asyncio.runner;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.taskGroup;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.Carrier;
import dev.asyncio.Context;
import dev.asyncio.ContextVar;
import dev.asyncio.EventLoop;
import dev.asyncio.KeyboardInterrupt;
import dev.asyncio.NoRunningLoopException;
import dev.asyncio.Runner;
import dev.asyncio.RunnerOptions;
import dev.asyncio.Task;
import dev.asyncio.spi.Engine;
import dev.asyncio.support.AsyncioLog;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Trace;
import dev.asyncio.testing.VirtualTime;
import dev.asyncio.testing.VirtualTimeLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code run} and {@code Runner}: a loop from beginning to end. */
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

    // ---- Runner

    @Test
    void aRunnerUsesOneLoopForAllItsRuns() {
        try (Runner runner = new Runner(Runs.onVirtualTime())) {
            EventLoop loop = runner.getLoop();
            assertSame(loop, runner.run(() -> getRunningLoop()));
            Task<String> background = runner.run(() -> createTask(() -> await(sleep(A_SECOND, "goes on"))));
            assertFalse(background.done());
            runner.run(() -> await(sleep(Duration.ofSeconds(5))));
            assertEquals("goes on", background.result());
        }
    }

    @Test
    void itsRunsShareOneContext() {
        ContextVar<String> variable = new ContextVar<>("variable", "default");
        try (Runner runner = new Runner(Runs.onVirtualTime())) {
            runner.run(() -> {
                variable.set("from the first run");
            });
            assertEquals("from the first run", runner.run(() -> variable.get()));
            assertEquals("default", variable.get());
            Context own = Context.copyContext();
            assertEquals("default", runner.run(() -> variable.get(), own));
        }
    }

    @Test
    void theDebugFlagOfTheOptionsIsTheLoops() {
        assertTrue(Asyncio.run(
                () -> getRunningLoop().getDebug(), Runs.onVirtualTime().withDebug(true)));
        assertFalse(Asyncio.run(
                () -> getRunningLoop().getDebug(), Runs.onVirtualTime().withDebug(false)));
        assertFalse(Asyncio.run(() -> getRunningLoop().getDebug(), Runs.onVirtualTime()));
    }

    @Test
    void aRunnerThatIsClosedRefusesAndClosingAgainDoesNothing() {
        Runner runner = new Runner(Runs.onVirtualTime());
        runner.run(() -> 7);
        runner.close();
        runner.close();
        assertEquals(
                "Runner is closed",
                assertThrows(IllegalStateException.class, () -> runner.run(() -> 7))
                        .getMessage());
        assertEquals(
                "Runner is closed",
                assertThrows(IllegalStateException.class, runner::getLoop).getMessage());
    }

    @Test
    void aRunnerThatItsOwnRunTriesToCloseIsClosedAfterIt() {
        EventLoop[] loop = new EventLoop[1];
        assertThrows(CancelledError.class, () -> {
            try (Runner runner = new Runner(Runs.onVirtualTime())) {
                runner.run(() -> {
                    loop[0] = getRunningLoop();
                    trace.add(assertThrows(IllegalStateException.class, runner::close)
                            .getMessage());
                    await(sleep(A_SECOND));
                });
            }
        });
        assertTrue(loop[0].isClosed());
        trace.is("Cannot close a running event loop");
    }

    @Test
    void aRunnerThatWasNeverUsedClosesNothing() {
        Runner runner = new Runner(RunnerOptions.DEFAULT.withLoopFactory(() -> {
            trace.add("made");
            return new VirtualTimeLoop();
        }));
        runner.close();
        trace.is();
    }

    @Test
    void aRunnerMakesItsLoopWhenItIsFirstNeeded() {
        RunnerOptions options = Runs.onVirtualTime().withLoopFactory(() -> {
            trace.add("made");
            return new VirtualTimeLoop();
        });
        try (Runner runner = new Runner(options)) {
            trace.add("runner");
            runner.run(() -> trace.add("run"));
        }
        trace.is("runner", "made", "run");
    }

    @Test
    void aFactoryThatFailsIsTheCallersException() {
        RunnerOptions options = RunnerOptions.DEFAULT.withLoopFactory(() -> {
            throw new IllegalStateException("no loop today");
        });
        assertEquals(
                "no loop today",
                assertThrows(IllegalStateException.class, () -> Asyncio.run(() -> 7, options))
                        .getMessage());
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

    // ---- code that makes its own loop

    @Test
    void duringVirtualTimeEveryLoopOfTheThreadIsOnVirtualTime() {
        VirtualTime.during(() -> {
            Asyncio.run(() -> {
                assertTrue(getRunningLoop() instanceof VirtualTimeLoop);
                await(sleep(Duration.ofDays(1)));
            });
            try (EventLoop made = Asyncio.newEventLoop()) {
                assertTrue(made instanceof VirtualTimeLoop);
            }
        });
        try (EventLoop made = Asyncio.newEventLoop()) {
            assertFalse(made instanceof VirtualTimeLoop);
        }
    }

    @Test
    void duringVirtualTimeTheThreadHasALoopOfItsOwn() {
        try (EventLoop real = Asyncio.newEventLoop()) {
            Asyncio.setEventLoop(real);
            VirtualTime.during(() -> {
                try (EventLoop made = Asyncio.getEventLoop()) {
                    assertTrue(made instanceof VirtualTimeLoop);
                }
                Asyncio.setEventLoop(null);
            });
            assertSame(real, Asyncio.getEventLoop());
            Asyncio.setEventLoop(null);
        }
    }

    @Test
    void duringVirtualTimeALoopHasTheCarrierThatIsAskedFor() {
        VirtualTime.during(() -> {
            try (EventLoop made = Asyncio.newEventLoop(Carrier.PLATFORM)) {
                assertTrue(made.toString().contains("carrier=platform"), made::toString);
            }
        });
    }

    @Test
    void aFactoryOfLoopsIsNotAskedForThoseThatItMakes() {
        Engine.get().withLoopFactory(Asyncio::newEventLoop, () -> {
            try (EventLoop made = Asyncio.newEventLoop(Carrier.PLATFORM)) {
                assertFalse(made.isClosed());
            }
        });
    }

    @Test
    void virtualTimeGivesResultsAndExceptionsAsTheyAre() {
        assertEquals(7, VirtualTime.call(() -> 7));
        assertThrows(
                IOException.class,
                () -> VirtualTime.call(() -> {
                    throw new IOException("as it is");
                }));
        assertNull(VirtualTime.call(() -> null));
    }
}
