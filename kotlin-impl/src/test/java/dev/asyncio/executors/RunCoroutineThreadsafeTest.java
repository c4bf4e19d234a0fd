package dev.asyncio.executors;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.runCoroutineThreadsafe;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.EventLoop;
import dev.asyncio.Future;
import dev.asyncio.Task;
import dev.asyncio.support.AsyncioLog;
import dev.asyncio.support.Trace;
import dev.asyncio.testing.VirtualTimeLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A coroutine for a loop that another thread runs. The loop of these tests runs beside the test's own thread. */
class RunCoroutineThreadsafeTest {
    private final EventLoop loop = Asyncio.newEventLoop();
    private final Thread runner = new Thread(loop::runForever, "runs the loop");

    @BeforeEach
    void start() {
        runner.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        loop.callSoonThreadsafe(loop::stop);
        runner.join();
        loop.close();
    }

    @Test
    void itsResultIsWaitedForByBlocking() throws Exception {
        CompletableFuture<String> future = runCoroutineThreadsafe(
                () -> {
                    assertSame(loop, getRunningLoop());
                    assertNotNull(Asyncio.currentTask());
                    return await(sleep(Duration.ofMillis(1), "result"));
                },
                loop);
        assertEquals("result", future.get());
        runCoroutineThreadsafe(() -> await(sleep(Duration.ZERO)), loop).get(1, TimeUnit.MINUTES);
    }

    @Test
    void itsExceptionIsTheCauseOfTheExecutionException() {
        IOException error = new IOException("inside");
        CompletableFuture<String> future = runCoroutineThreadsafe(
                () -> {
                    throw error;
                },
                loop);
        assertSame(error, assertThrows(ExecutionException.class, future::get).getCause());
    }

    @Test
    void cancellingTheFutureCancelsTheTask() throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        CompletableFuture<Void> future = runCoroutineThreadsafe(
                () -> {
                    try {
                        waits.countDown();
                        await(sleep(Duration.ofDays(1)));
                    } finally {
                        cancelled.countDown();
                    }
                },
                loop);
        waits.await();
        assertTrue(future.cancel(true));
        cancelled.await();
        assertThrows(CancellationException.class, future::get);
    }

    @Test
    void cancellingTheFutureBeforeTheTaskIsMadeCancelsItBehindItsFirstStep() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch unblock = new CountDownLatch(1);
        Trace trace = new Trace();
        loop.callSoonThreadsafe(() -> {
            blocked.countDown();
            try {
                unblock.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        blocked.await();
        CompletableFuture<Void> future = runCoroutineThreadsafe(
                () -> {
                    trace.add("started");
                    assertThrows(CancelledError.class, () -> await(sleep(Duration.ofDays(1))));
                    trace.add("cancelled " + Asyncio.currentTask().cancelling());
                },
                loop);
        future.cancel(false);
        future.cancel(false);
        unblock.countDown();
        runCoroutineThreadsafe(() -> await(sleep(Duration.ofMillis(1))), loop).get();
        trace.is("started", "cancelled 1");
    }

    @Test
    void aFailureThatComesTooLateForTheFutureIsReported() {
        VirtualTimeLoop other = new VirtualTimeLoop();
        CompletableFuture<Void> future = runCoroutineThreadsafe(
                () -> {
                    try {
                        await(sleep(Duration.ofDays(1)));
                    } catch (CancelledError e) {
                        throw new IllegalStateException("clean-up failed");
                    }
                },
                other);
        other.runUntilComplete(sleep(Duration.ofSeconds(1)));
        future.cancel(true);
        other.runUntilIdle();
        other.close();
        assertEquals(
                "clean-up failed",
                AsyncioLog.expect("never retrieved").getThrown().getMessage());
    }

    @Test
    void aCancellationOfTheTaskIsOneOfTheFuture() throws Exception {
        CompletableFuture<Void> future = runCoroutineThreadsafe(
                () -> {
                    Asyncio.currentTask().cancel();
                    await(sleep(Duration.ofDays(1)));
                },
                loop);
        assertThrows(CancellationException.class, future::get);
        assertTrue(future.isCancelled());
    }

    @Test
    void givingUpTheWaitDoesNotCancelTheTask() throws Exception {
        Future<String> inner = runCoroutineThreadsafe(() -> getRunningLoop().<String>createFuture(), loop)
                .get();
        CompletableFuture<String> future = runCoroutineThreadsafe(() -> await(inner), loop);
        assertThrows(java.util.concurrent.TimeoutException.class, () -> future.get(1, TimeUnit.MILLISECONDS));
        loop.callSoonThreadsafe(() -> inner.setResult("still there"));
        assertEquals("still there", future.get());
    }

    @Test
    void blockingOnItOnTheLoopsOwnThreadIsRefused() throws Exception {
        String message = runCoroutineThreadsafe(
                        () -> {
                            CompletableFuture<Integer> mine = runCoroutineThreadsafe(() -> 7, getRunningLoop());
                            IllegalStateException error = assertThrows(IllegalStateException.class, mine::get);
                            assertThrows(IllegalStateException.class, mine::join);
                            assertThrows(IllegalStateException.class, () -> mine.get(1, TimeUnit.SECONDS));
                            assertEquals(7, await(mine), "awaiting it is what works");
                            return error.getMessage();
                        },
                        loop)
                .get();
        assertTrue(message.contains("await it instead"), message);
    }

    @Test
    void stagesThatDependOnItMayBlockOnOtherThreads() throws Exception {
        CompletableFuture<Integer> future =
                runCoroutineThreadsafe(() -> 7, loop).thenApply(x -> x * 6);
        assertEquals(42, future.get());
    }

    @Test
    void anExceptionOfTheTaskFactoryComesThroughTheFutureAndIsReported() throws Exception {
        loop.callSoonThreadsafe(() -> loop.setTaskFactory((l, coroutine, options) -> {
            throw new IllegalStateException("no tasks today");
        }));
        CompletableFuture<Integer> future = runCoroutineThreadsafe(() -> 7, loop);
        ExecutionException error = assertThrows(ExecutionException.class, future::get);
        assertEquals("no tasks today", error.getCause().getMessage());
        CountDownLatch later = new CountDownLatch(1);
        loop.callSoonThreadsafe(later::countDown);
        later.await();
        assertEquals(
                "no tasks today",
                AsyncioLog.expect("Exception in callback").getThrown().getMessage());
    }

    @Test
    void aLoopThatWasClosedBeforeRefuses() {
        VirtualTimeLoop closed = new VirtualTimeLoop();
        closed.close();
        assertThrows(IllegalStateException.class, () -> runCoroutineThreadsafe(() -> 7, closed));
    }

    /** Otherwise whoever waits for it would wait for ever. */
    @Test
    void aLoopThatIsClosedBeforeItRanFailsTheFuture() {
        VirtualTimeLoop other = new VirtualTimeLoop();
        CompletableFuture<Integer> future = runCoroutineThreadsafe(() -> 7, other);
        assertFalse(future.isDone());
        other.close();
        assertTrue(future.isDone());
        Throwable cause = assertThrows(ExecutionException.class, future::get).getCause();
        assertEquals("Event loop is closed", cause.getMessage());
    }

    @Test
    void aLoopThatIsClosedWhileTheTaskWaitsFailsTheFuture() {
        VirtualTimeLoop other = new VirtualTimeLoop();
        CompletableFuture<Void> future = runCoroutineThreadsafe(() -> await(sleep(Duration.ofDays(1))), other);
        other.runUntilComplete(sleep(Duration.ofSeconds(1)));
        other.close();
        AsyncioLog.expect("Task was destroyed but it is pending!");
        assertTrue(future.isDone());
        Throwable cause = assertThrows(ExecutionException.class, future::get).getCause();
        assertEquals("Event loop is closed", cause.getMessage());
    }

    @Test
    void tasksMadeThisWayAreTasksLikeAnyOther() throws Exception {
        String name = runCoroutineThreadsafe(
                        () -> {
                            Task<?> me = Asyncio.currentTask();
                            assertTrue(Asyncio.allTasks().contains(me));
                            return me.getName();
                        },
                        loop)
                .get();
        assertTrue(name.matches("Task-\\d+"), name);
    }
}
