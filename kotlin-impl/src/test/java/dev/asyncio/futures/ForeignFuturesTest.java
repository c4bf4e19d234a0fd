package dev.asyncio.futures;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.wrapFuture;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.DeadlockException;
import dev.asyncio.EventLoop;
import dev.asyncio.Future;
import dev.asyncio.Task;
import dev.asyncio.TimeoutException;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Trace;
import dev.asyncio.testing.VirtualTimeLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Futures of the JDK in a body, and the SDK's futures outside of it. */
class ForeignFuturesTest {
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final Trace trace = new Trace();

    // ---- CompletionStage and CompletableFuture

    @Test
    void aStageThatCompletesLaterIsAwaited() {
        Runs.virtual(() -> {
            CompletableFuture<String> future = new CompletableFuture<>();
            Thread other = new Thread(() -> future.complete("from another thread"));
            other.start();
            assertEquals("from another thread", await(future));
            other.join();
            CompletionStage<String> stage = CompletableFuture.completedStage("a stage");
            assertEquals("a stage", await(stage));
        });
    }

    @Test
    void virtualTimeStandsStillWhileAStageIsOutstanding() {
        Runs.virtual(() -> {
            EventLoop loop = Asyncio.getRunningLoop();
            CompletableFuture<String> future = new CompletableFuture<>();
            Task<String> waiter = createTask(() -> await(future));
            loop.callLater(Duration.ofSeconds(1), trace.adding("timer"));
            await(sleep(Duration.ZERO));
            Thread other = new Thread(() -> future.complete("first"));
            other.start();
            trace.add(await(waiter));
            assertEquals(Duration.ZERO, loop.time());
            other.join();
            await(sleep(Duration.ofSeconds(2)));
        });
        trace.is("first", "timer");
    }

    @Test
    void virtualTimeGoesOnForAStageThatTheLoopItselfCompletes() {
        Runs.virtual(() -> {
            EventLoop loop = Asyncio.getRunningLoop();
            assertEquals("mirrored", await(anHourLong("mirrored").toCompletableFuture()));
            assertEquals("sent", await(Asyncio.runCoroutineThreadsafe(sleep(AN_HOUR, "sent"), loop)));
            assertEquals(4, await(anHourLong("made").toCompletableFuture().thenApply(String::length)));
            CompletableFuture<String> both = anHourLong("one")
                    .toCompletableFuture()
                    .thenCompose(one -> anHourLong("other").toCompletableFuture());
            assertEquals("other", await(both));
            assertEquals(Duration.ofHours(5), loop.time());
        });
    }

    private static Task<String> anHourLong(String result) {
        return createTask(sleep(AN_HOUR, result));
    }

    @Test
    void aStageMadeOfOneOfTheLoopsIsWaitedForWhereverItRuns() {
        Runs.virtual(() -> {
            CountDownLatch waits = new CountDownLatch(1);
            CompletableFuture<String> elsewhere = anHourLong("made")
                    .toCompletableFuture()
                    .thenApplyAsync(
                            made -> {
                                awaitLatch(waits);
                                return made + " elsewhere";
                            },
                            job -> new Thread(job).start());
            Asyncio.getRunningLoop().callLater(Duration.ofHours(2), waits::countDown);
            assertEquals("made elsewhere", await(elsewhere));
        });
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aStageThatTheLoopItselfCouldOnlyCompleteIsADeadlockIfItDoesNot() {
        assertThrows(
                DeadlockException.class,
                () -> Runs.virtual(() -> {
                    await(Asyncio.getRunningLoop().<String>createFuture().toCompletableFuture());
                }));
    }

    @Test
    void itsExceptionIsThrownWithoutWrapping() {
        IOException error = new IOException("inside");
        Runs.virtual(() -> {
            assertSame(error, assertThrows(IOException.class, () -> await(failed(error), IOException.class)));
            CompletableFuture<Object> wrapped = failed(new CompletionException(error));
            assertSame(error, assertThrows(IOException.class, () -> await(wrapped, IOException.class)));
            CompletionStage<Object> dependent = failed(error).thenApply(x -> x);
            assertSame(error, assertThrows(IOException.class, () -> await(dependent, IOException.class)));
        });
    }

    private static CompletableFuture<Object> failed(Throwable error) {
        return CompletableFuture.failedFuture(error);
    }

    @Test
    void aCancelledStageIsACancelledError() {
        Runs.virtual(() -> {
            CompletableFuture<String> future = new CompletableFuture<>();
            future.cancel(false);
            assertThrows(CancelledError.class, () -> await(future));
            assertEquals(0, Asyncio.currentTask().cancelling());
        });
    }

    @Test
    void cancellingTheTaskCancelsTheFutureItWaitsFor() {
        Runs.virtual(() -> {
            CompletableFuture<String> future = new CompletableFuture<>();
            Task<String> task = createTask(() -> await(future));
            await(sleep(Duration.ZERO));
            task.cancel("no more");
            CancelledError error = assertThrows(CancelledError.class, () -> await(task));
            assertEquals("no more", error.getMessage());
            assertTrue(future.isCancelled());
        });
    }

    @Test
    void aStageThatCanBeInterruptedIs() {
        Runs.virtual(() -> {
            CompletableFuture<String> exchange = new CompletableFuture<>() {
                @Override
                public boolean cancel(boolean mayInterruptIfRunning) {
                    trace.add("cancel(" + mayInterruptIfRunning + ")");
                    return super.cancel(mayInterruptIfRunning);
                }
            };
            assertTrue(wrapFuture(exchange).cancel());
            await(sleep(Duration.ZERO));
        });
        trace.is("cancel(true)");
    }

    @Test
    void aTimeoutCancelsItToo() {
        Runs.virtual(() -> {
            CompletableFuture<String> future = new CompletableFuture<>();
            Future<String> wrapped = wrapFuture(future);
            assertThrows(TimeoutException.class, () -> await(Asyncio.waitFor(wrapped, Duration.ZERO)));
            await(sleep(Duration.ZERO));
            assertTrue(future.isCancelled());
        });
    }

    @Test
    void aResultThatArrivesWithTheLoopClosedIsDropped() {
        CompletableFuture<String> late = new CompletableFuture<>();
        Runs.virtual(() -> {
            Future<String> wrapped = Asyncio.shield(wrapFuture(late));
            assertFalse(wrapped.done());
        });
        late.complete("too late");
    }

    @Test
    void wrappedFuturesTakePartInEverything() {
        Runs.virtual(() -> {
            CompletableFuture<Integer> one = CompletableFuture.completedFuture(1);
            CompletableFuture<Integer> two = new CompletableFuture<>();
            Future<List<Integer>> both = Asyncio.gather(wrapFuture(one), wrapFuture(two));
            two.complete(2);
            assertEquals(List.of(1, 2), await(both));
        });
    }

    // ---- java.util.concurrent.Future

    @Test
    void aPlainFutureIsWaitedForOffTheLoop() {
        FutureTask<String> task = new FutureTask<>(() -> "blocking work");
        Runs.virtual(() -> {
            java.util.concurrent.Future<String> plain = task;
            Future<String> wrapped = wrapFuture(plain);
            Thread worker = new Thread(task);
            worker.start();
            assertEquals("blocking work", await(wrapped));
            worker.join();
            assertEquals("blocking work", await(plain), "one that is done");
        });
    }

    @Test
    void itsExceptionIsThrownWithoutTheExecutionException() {
        IOException error = new IOException("in the worker");
        FutureTask<String> task = new FutureTask<>(() -> {
            throw error;
        });
        task.run();
        Runs.virtual(() -> {
            java.util.concurrent.Future<String> plain = task;
            assertSame(error, assertThrows(IOException.class, () -> await(plain, IOException.class)));
        });
    }

    @Test
    void cancellingItWorksInBothDirections() {
        Runs.virtual(() -> {
            java.util.concurrent.Future<String> cancelledBefore = new FutureTask<>(() -> "never");
            cancelledBefore.cancel(false);
            assertThrows(CancelledError.class, () -> await(cancelledBefore));

            java.util.concurrent.Future<String> neverRun = new FutureTask<>(() -> "never");
            Task<String> task = createTask(() -> await(neverRun));
            await(sleep(Duration.ZERO));
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
            assertTrue(neverRun.isCancelled());
        });
    }

    // ---- toCompletableFuture

    @Test
    void aFutureOfTheLoopIsFollowedByACompletableFuture() throws Exception {
        CompletableFuture<String> outside = Runs.virtual(() -> {
            Task<String> task = createTask(() -> await(sleep(Duration.ofSeconds(1), "done")));
            CompletableFuture<String> following = task.toCompletableFuture();
            assertFalse(following.isDone());
            await(task);
            await(sleep(Duration.ZERO));
            assertTrue(following.isDone());
            return following;
        });
        assertEquals("done", outside.get());
    }

    @Test
    void aFutureThatIsDoneGivesOneThatIsDoneWhateverItsLoopDoes() {
        VirtualTimeLoop loop = new VirtualTimeLoop();
        Task<Integer> task = loop.createTask(() -> 7);
        loop.runUntilComplete(task);
        assertEquals(7, task.toCompletableFuture().getNow(0));
        Future<Integer> future = loop.createFuture();
        CompletableFuture<Integer> following = future.toCompletableFuture();
        future.setResult(8);
        loop.close();
        assertEquals(8, following.getNow(0));
        assertEquals(7, task.toCompletableFuture().getNow(0));
    }

    @Test
    void exceptionsAndCancellationsAreFollowedToo() {
        IOException error = new IOException("failed");
        Runs.virtual(() -> {
            Future<String> failing = Asyncio.getRunningLoop().createFuture();
            Future<String> cancelled = Asyncio.getRunningLoop().createFuture();
            CompletableFuture<String> failedOutside = failing.toCompletableFuture();
            CompletableFuture<String> cancelledOutside = cancelled.toCompletableFuture();
            failing.setException(error);
            cancelled.cancel();
            await(sleep(Duration.ZERO));
            assertSame(
                    error,
                    assertThrows(ExecutionException.class, failedOutside::get).getCause());
            assertThrows(CancellationException.class, cancelledOutside::get);
        });
    }

    @Test
    void cancellingTheFollowerCancelsTheFutureThroughItsLoop() {
        Runs.virtual(() -> {
            Task<Void> task = createTask(() -> await(sleep(Duration.ofDays(1))));
            CompletableFuture<Void> outside = task.toCompletableFuture();
            Thread other = new Thread(() -> outside.cancel(true));
            other.start();
            other.join();
            await(Asyncio.wait(List.of(task)));
            assertTrue(task.cancelled());
        });
    }

    @Test
    void blockingOnTheFollowerWithinItsLoopIsRefused() {
        Runs.virtual(() -> {
            CompletableFuture<String> outside =
                    Asyncio.getRunningLoop().<String>createFuture().toCompletableFuture();
            assertThrows(IllegalStateException.class, outside::get);
            assertThrows(IllegalStateException.class, outside::join);
            assertThrows(IllegalStateException.class, () -> outside.get(1, TimeUnit.SECONDS));
            outside.thenAccept(value -> trace.add("never"));
        });
    }

    @Test
    void soIsBlockingOnAStageThatIsMadeOfIt() {
        Runs.virtual(() -> {
            CompletableFuture<Integer> stage =
                    createTask(() -> 6).toCompletableFuture().thenApply(n -> n * 7);
            assertThrows(IllegalStateException.class, stage::join);
            assertThrows(IllegalStateException.class, stage.thenApply(n -> -n)::get);
            assertEquals(42, await(stage));
            assertEquals(42, stage.join());
        });
    }

    @Test
    void anotherThreadMayBlockOnIt() throws Exception {
        CountDownLatch got = new CountDownLatch(1);
        String[] value = new String[1];
        Thread[] waiter = new Thread[1];
        Runs.virtual(() -> {
            Future<String> future = Asyncio.getRunningLoop().createFuture();
            CompletableFuture<String> outside = future.toCompletableFuture();
            waiter[0] = new Thread(() -> {
                value[0] = outside.join();
                got.countDown();
            });
            waiter[0].start();
            future.setResult("value");
            await(Asyncio.toThread(() -> got.await()));
        });
        waiter[0].join();
        assertEquals("value", value[0]);
    }
}
