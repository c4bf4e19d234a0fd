package dev.asyncio.executors;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.toThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.EventLoop;
import dev.asyncio.Future;
import dev.asyncio.Task;
import dev.asyncio.support.AsyncioLog;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Threads;
import dev.asyncio.support.Trace;
import dev.asyncio.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** The end of a loop's default executor. */
class ExecutorShutdownTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final Trace trace = new Trace();

    @Test
    void aShutDownDefaultExecutorRefusesAndOthersStillWork() {
        Runs.virtual(() -> {
            EventLoop loop = getRunningLoop();
            await(loop.runInExecutor(null, () -> 7));
            await(loop.shutdownDefaultExecutor(null));
            IllegalStateException error =
                    assertThrows(IllegalStateException.class, () -> loop.runInExecutor(null, () -> 7));
            assertEquals("Executor shutdown has been called", error.getMessage());
            assertThrows(IllegalStateException.class, () -> await(toThread(() -> 7)));
            assertEquals(7, await(loop.runInExecutor(Runnable::run, () -> 7)));
        });
    }

    @Test
    void shuttingDownWaitsForQueuedAndRunningWorkWithoutBlockingTheLoop() {
        Runs.virtual(() -> {
            EventLoop loop = getRunningLoop();
            CountDownLatch mayEnd = new CountDownLatch(1);
            ExecutorService single = Executors.newSingleThreadExecutor();
            loop.setDefaultExecutor(single);
            loop.runInExecutor(null, () -> mayEnd.await());
            Future<Void> queued = loop.runInExecutor(null, () -> trace.add("queued work"));
            Task<Void> shutdown = createTask(loop.shutdownDefaultExecutor(null));
            await(sleep(Duration.ZERO));
            assertThrows(IllegalStateException.class, () -> loop.runInExecutor(null, () -> 7), "refused at once");
            trace.add("the loop goes on");
            mayEnd.countDown();
            await(shutdown);
            assertTrue(single.isTerminated());
            await(queued);
        });
        trace.is("the loop goes on", "queued work");
    }

    @Test
    void withoutADefaultExecutorShuttingDownIsDoneAtOnce() {
        Runs.virtual(() -> {
            EventLoop loop = getRunningLoop();
            loop.callSoon(trace.adding("next iteration"));
            await(loop.shutdownDefaultExecutor(A_SECOND));
            trace.is();
        });
    }

    @Test
    void aShutdownThatTakesTooLongIsAWarningAndTheThreadsAreLeftAlone() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        Runs.virtual(() -> {
            EventLoop loop = getRunningLoop();
            loop.runInExecutor(null, () -> mayEnd.await());
            try {
                await(loop.shutdownDefaultExecutor(Duration.ofMillis(1)));
                AsyncioLog.expect("its jobs took longer than 0.001 s");
            } finally {
                mayEnd.countDown(); // or else the end of the run would wait five minutes for it
            }
        });
    }

    @Test
    void closingALoopDoesNotWaitForItsExecutor() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        VirtualTimeLoop loop = new VirtualTimeLoop();
        loop.runInExecutor(null, () -> mayEnd.await());
        loop.close();
        assertEquals(1, Threads.named("asyncio_").size());
        mayEnd.countDown();
    }

    @Test
    void theEndOfARunWaitsForItsExecutor() {
        boolean[] finished = {false};
        CountDownLatch started = new CountDownLatch(1);
        Runs.virtual(() -> {
            EventLoop loop = getRunningLoop();
            loop.runInExecutor(null, () -> {
                started.await();
                finished[0] = true;
            });
            started.countDown();
        });
        assertTrue(finished[0]);
    }

    @Test
    void aShutdownThatIsGivenUpByTheCloseOfItsLoopEndsQuietly() throws InterruptedException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        VirtualTimeLoop loop = new VirtualTimeLoop();
        loop.runInExecutor(null, () -> mayEnd.await());
        loop.createTask(loop.shutdownDefaultExecutor());
        loop.callSoon(loop::stop);
        loop.runForever();
        List<Thread> joiners = Threads.named("asyncio-executor-shutdown");
        assertEquals(1, joiners.size(), joiners::toString); // none that another test has left
        Thread joiner = joiners.get(0);
        Throwable[] uncaught = new Throwable[1];
        joiner.setUncaughtExceptionHandler((thread, e) -> uncaught[0] = e);
        loop.close();
        AsyncioLog.expect("Task was destroyed but it is pending!");
        mayEnd.countDown();
        joiner.join();
        assertNull(uncaught[0]);
    }

    @Test
    void anExecutorThatGoesOnWhenItIsShutDownIsNotWaitedFor() {
        Runs.virtual(() -> {
            getRunningLoop().setDefaultExecutor(ForkJoinPool.commonPool());
            assertEquals(7, await(toThread(() -> 7)));
            await(getRunningLoop().shutdownDefaultExecutor(Duration.ofMillis(1)));
        });
    }

    /** As those that a container manages have to: their life is not the program's. */
    private static final class Managed extends AbstractExecutorService {
        @Override
        public void execute(Runnable job) {
            job.run();
        }

        @Override
        public void shutdown() {
            throw new IllegalStateException("managed by the container");
        }

        @Override
        public List<Runnable> shutdownNow() {
            throw new IllegalStateException("managed by the container");
        }

        @Override
        public boolean isShutdown() {
            throw new IllegalStateException("managed by the container");
        }

        @Override
        public boolean isTerminated() {
            throw new IllegalStateException("managed by the container");
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            throw new IllegalStateException("managed by the container");
        }
    }

    @Test
    void anExecutorThatRefusesToBeShutDownIsAWarningAndTheRunHasItsResult() {
        assertEquals(7, Runs.<Integer>virtual(() -> {
            getRunningLoop().setDefaultExecutor(new Managed());
            return await(toThread(() -> 7));
        }));
        LogRecord record = AsyncioLog.expect("it refuses to be shut down");
        assertEquals("managed by the container", record.getThrown().getMessage());
    }
}
