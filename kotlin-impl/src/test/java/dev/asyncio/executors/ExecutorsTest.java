package dev.asyncio.executors;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.toThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.ContextVar;
import dev.asyncio.Coroutine;
import dev.asyncio.EventLoop;
import dev.asyncio.Future;
import dev.asyncio.Task;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Threads;
import dev.asyncio.support.Trace;
import dev.asyncio.testing.VirtualTimeLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Blocking work beside the loop. */
class ExecutorsTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final Trace trace = new Trace();

    /** Runs what it was given when it is told to, on the thread that tells it. */
    private static final class ByHand implements Executor {
        private final Deque<Runnable> jobs = new ArrayDeque<>();

        @Override
        public void execute(Runnable job) {
            jobs.add(job);
        }

        void runNext() {
            jobs.remove().run();
        }
    }

    // ---- runInExecutor

    @Test
    void workIsSubmittedAtOnceAndItsResultComesBack() {
        Runs.virtual(() -> {
            ByHand executor = new ByHand();
            Future<String> future = getRunningLoop().runInExecutor(executor, () -> "result");
            assertEquals(1, executor.jobs.size());
            executor.runNext();
            assertFalse(future.done(), "the result comes through the loop");
            assertEquals("result", await(future));
        });
    }

    @Test
    void itsExceptionIsThrownByTheAwaitAsItIs() {
        IOException error = new IOException("in the pool");
        Runs.virtual(() -> {
            Future<Object> future = getRunningLoop().runInExecutor(null, () -> {
                throw error;
            });
            assertSame(error, assertThrows(IOException.class, () -> await(future, IOException.class)));
        });
    }

    @Test
    void aCancellationExceptionOfTheWorkIsACancellationOfTheLoopsKind() {
        Runs.virtual(() -> {
            Future<Void> work = getRunningLoop().runInExecutor(null, () -> {
                throw new CancellationException("of the work");
            });
            assertEquals(
                    "of the work",
                    assertThrows(CancelledError.class, () -> await(work)).getMessage());
            assertFalse(work.cancelled());
        });
    }

    @Test
    void theDefaultExecutorHasNamedThreadsThatAreNotDaemons() {
        Runs.virtual(() -> {
            Thread thread = await(getRunningLoop().runInExecutor(null, Thread::currentThread));
            assertTrue(thread.getName().matches("asyncio_\\d+"), thread::getName);
            assertFalse(thread.isDaemon());
        });
        assertEquals(List.of(), Threads.named("asyncio_"), "joined at the end of the run");
    }

    @Test
    void theDefaultExecutorHasAsManyThreadsAsAsyncios() {
        int expected = Math.min(32, Runtime.getRuntime().availableProcessors() + 4);
        Set<String> names = ConcurrentHashMap.newKeySet();
        Runs.virtual(() -> {
            CountDownLatch allBusy = new CountDownLatch(expected);
            List<Future<Void>> jobs = new ArrayList<>();
            for (int i = 0; i < expected + 5; i++) {
                jobs.add(getRunningLoop().runInExecutor(null, () -> {
                    names.add(Thread.currentThread().getName());
                    allBusy.countDown();
                    allBusy.await();
                }));
            }
            await(Asyncio.gather(jobs));
        });
        assertEquals(expected, names.size());
    }

    @Test
    void contextVariablesAreNotPassedOn() {
        ContextVar<String> variable = new ContextVar<>("variable", "default");
        Runs.virtual(() -> {
            variable.set("the body's");
            assertEquals("default", await(getRunningLoop().runInExecutor(null, () -> variable.get())));
        });
    }

    @Test
    void cancellingKeepsWorkThatHasNotStartedFromRunning() {
        Runs.virtual(() -> {
            ByHand executor = new ByHand();
            Future<Void> future = getRunningLoop().runInExecutor(executor, () -> trace.add("ran"));
            assertTrue(future.cancel());
            await(sleep(Duration.ZERO));
            executor.runNext();
            assertTrue(future.cancelled());
        });
        trace.is();
    }

    @Test
    void workThatRunsGoesOnUninterruptedAndItsResultIsDropped() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        boolean[] interrupted = {true};
        Runs.virtual(() -> {
            Future<String> future = getRunningLoop().runInExecutor(null, () -> {
                started.countDown();
                mayEnd.await();
                interrupted[0] = Thread.currentThread().isInterrupted();
                return "dropped";
            });
            started.await();
            assertTrue(future.cancel("enough"));
            assertTrue(future.cancelled());
            assertThrows(CancelledError.class, () -> await(future));
            mayEnd.countDown();
        });
        assertFalse(interrupted[0]);
    }

    @Test
    void anExecutorThatRefusesIsTheCallersException() {
        Executor refuses = job -> {
            throw new RejectedExecutionException("full");
        };
        Runs.virtual(() -> {
            EventLoop loop = getRunningLoop();
            assertThrows(RejectedExecutionException.class, () -> loop.runInExecutor(refuses, () -> 7));
            await(sleep(A_SECOND));
        });
    }

    @Test
    void aResultThatComesAfterTheLoopWasClosedIsDropped() {
        ByHand executor = new ByHand();
        try (VirtualTimeLoop loop = new VirtualTimeLoop()) {
            loop.runInExecutor(executor, () -> "late");
        }
        executor.runNext();
    }

    @Test
    void virtualTimeStandsStillWhileWorkIsOutstanding() {
        Runs.virtual(() -> {
            EventLoop loop = getRunningLoop();
            loop.callLater(Duration.ofHours(1), trace.adding("an hour later"));
            await(loop.runInExecutor(null, () -> "work"));
            assertEquals(Duration.ZERO, loop.time());
            trace.add("work done");
            await(sleep(Duration.ofHours(2)));
        });
        trace.is("work done", "an hour later");
    }

    @Test
    void anyExecutorCanBeTheDefaultOne() {
        Runs.virtual(() -> {
            EventLoop loop = getRunningLoop();
            Thread[] thread = new Thread[1];
            loop.setDefaultExecutor(Runnable::run);
            await(loop.runInExecutor(null, () -> thread[0] = Thread.currentThread()));
            assertSame(Thread.currentThread(), thread[0]);
            assertThrows(NullPointerException.class, () -> loop.setDefaultExecutor(null));
        });
    }

    // ---- toThread

    @Test
    void toThreadIsColdAndRunsInTheDefaultExecutor() {
        Runs.virtual(() -> {
            Coroutine<String> cold = toThread(() -> Thread.currentThread().getName());
            assertEquals(List.of(), Threads.named("asyncio_"));
            assertTrue(await(cold).startsWith("asyncio_"));
            assertTrue(await(createTask(cold)).startsWith("asyncio_"), "again, as a task");
        });
    }

    @Test
    void toThreadRunsInACopyOfTheCallersContext() {
        ContextVar<String> variable = new ContextVar<>("variable", "default");
        Runs.virtual(() -> {
            variable.set("the caller's");
            await(toThread(() -> {
                trace.add(variable.get());
                variable.set("the thread's");
            }));
            trace.add(variable.get());
        });
        trace.is("the caller's", "the caller's");
    }

    @Test
    void cancellingTheCallerDoesNotWaitForTheThread() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Runs.virtual(() -> {
            Task<Void> task = createTask(toThread(() -> {
                started.countDown();
                mayEnd.await();
            }));
            await(getRunningLoop().runInExecutor(null, () -> started.await()));
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
            assertEquals(1, mayEnd.getCount());
            mayEnd.countDown();
        });
    }

    @Test
    void blockingWorkDoesNotHoldUpTheLoop() {
        CountDownLatch otherTaskRan = new CountDownLatch(1);
        Runs.virtual(() -> {
            Task<Void> work = createTask(toThread(() -> otherTaskRan.await()));
            createTask(() -> otherTaskRan.countDown());
            await(work);
        });
    }
}
