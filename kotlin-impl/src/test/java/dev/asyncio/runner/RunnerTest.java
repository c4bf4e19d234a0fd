package dev.asyncio.runner;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.Context;
import dev.asyncio.ContextVar;
import dev.asyncio.EventLoop;
import dev.asyncio.Runner;
import dev.asyncio.RunnerOptions;
import dev.asyncio.Task;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Trace;
import dev.asyncio.testing.VirtualTimeLoop;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code Runner}: one loop for several runs. */
class RunnerTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final Trace trace = new Trace();

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
}
