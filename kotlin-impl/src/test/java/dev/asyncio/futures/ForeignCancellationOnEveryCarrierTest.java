package dev.asyncio.futures;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.waitFor;
import static dev.asyncio.Asyncio.wrapFuture;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.Carrier;
import dev.asyncio.Future;
import dev.asyncio.RunnerOptions;
import dev.asyncio.Task;
import dev.asyncio.TimeoutException;
import dev.asyncio.support.AsyncioLog;
import dev.asyncio.support.Oops;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Trace;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Waits for other libraries' futures that are cut off: the cancellation goes upstream where the other side can take it,
 * and where it cannot, or breaks its rules, nobody waits for ever.
 */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Jdk#carriers")
class ForeignCancellationOnEveryCarrierTest {
    private final Carrier carrier;
    private final Trace trace = new Trace();

    ForeignCancellationOnEveryCarrierTest(Carrier carrier) {
        this.carrier = carrier;
    }

    @Test
    void aPlainFutureIsWaitedForOffTheLoop() {
        FutureTask<String> work = new FutureTask<>(() -> "blocking work");
        Thread worker = new Thread(work);
        Runs.virtual(carrier, () -> {
            java.util.concurrent.Future<String> plain = work;
            Task<String> task = createTask(() -> await(plain));
            await(sleep(Duration.ZERO));
            worker.start();
            assertEquals("blocking work", await(task));
            await(Asyncio.toThread(() -> worker.join()));
        });
    }

    // ---- java.util.concurrent.Future

    @Test
    void aPlainFutureThatRunsIsCancelledButNotInterrupted() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        FutureTask<String> work = new FutureTask<>(() -> {
            running.countDown();
            goOn.await();
            trace.add("was not interrupted");
            return "dropped";
        });
        Thread worker = new Thread(work);
        Runs.virtual(carrier, () -> {
            java.util.concurrent.Future<String> plain = work;
            worker.start();
            Task<String> task = createTask(() -> await(plain));
            await(Asyncio.toThread(() -> running.await()));
            task.cancel("no more");
            CancelledError error = assertThrows(CancelledError.class, () -> await(task));
            assertEquals("no more", error.getMessage());
            assertTrue(plain.isCancelled());
            goOn.countDown();
            await(Asyncio.toThread(() -> worker.join()));
        });
        trace.is("was not interrupted");
    }

    @Test
    void aPlainFutureThatCannotBeCancelledIsNotWaitedForAnyLonger() {
        Stubborn stubborn = new Stubborn();
        Runs.virtual(carrier, () -> {
            Task<String> task = createTask(() -> await(stubborn));
            await(sleep(Duration.ZERO));
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
            await(Asyncio.toThread(() -> stubborn.interrupted.await()));
            await(sleep(Duration.ofDays(1))); // time goes on: nothing is outstanding
        });
        assertEquals(1, stubborn.cancels);
    }

    @Test
    void aPlainFutureThatSomebodyElseCancelsEndsTheWait() {
        FutureTask<String> neverRun = new FutureTask<>(() -> "never");
        Runs.virtual(carrier, () -> {
            java.util.concurrent.Future<String> plain = neverRun;
            Task<String> task = createTask(() -> await(plain));
            await(sleep(Duration.ZERO));
            await(Asyncio.toThread(() -> neverRun.cancel(true)));
            assertThrows(CancelledError.class, () -> await(task));
            assertTrue(task.cancelled());
            assertEquals(0, task.cancelling(), "nobody asked this task to end");
        });
    }

    @Test
    void aTimeoutCutsTheWaitForAPlainFutureOff() {
        FutureTask<String> neverRun = new FutureTask<>(() -> "never");
        Asyncio.run(
                () -> {
                    java.util.concurrent.Future<String> plain = neverRun;
                    assertThrows(
                            TimeoutException.class, () -> await(waitFor(() -> await(plain), Duration.ofMillis(1))));
                },
                RunnerOptions.DEFAULT.withCarrier(carrier).withInterruptHandler(false));
        assertTrue(neverRun.isCancelled());
    }

    @Test
    void aCancelThatThrowsIsReportedAndEndsTheWaitAllTheSame() {
        Stubborn throwing = new Stubborn() {
            @Override
            public boolean cancel(boolean mayInterrupt) {
                throw new Oops("cannot cancel");
            }
        };
        Runs.virtual(carrier, () -> {
            Task<String> task = createTask(() -> await(throwing));
            await(sleep(Duration.ZERO));
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
            await(Asyncio.toThread(() -> throwing.interrupted.await()));
        });
        AsyncioLog.expect("has failed");
    }

    /** Does not let itself be cancelled, and never ends. */
    private static class Stubborn implements java.util.concurrent.Future<String> {
        final CountDownLatch interrupted = new CountDownLatch(1);
        int cancels;

        @Override
        public boolean cancel(boolean mayInterrupt) {
            cancels++;
            return false;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public boolean isDone() {
            return false;
        }

        @Override
        public String get() throws InterruptedException, ExecutionException {
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.countDown();
            }
            throw new AssertionError("unreachable");
        }

        @Override
        public String get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException {
            return get();
        }
    }

    // ---- CompletionStage

    @Test
    void theDependentThatIsAwaitedIsCancelledAndItsSourceIsNot() {
        Runs.virtual(carrier, () -> {
            CompletableFuture<Integer> source = new CompletableFuture<>();
            CompletableFuture<Integer> dependent = source.thenApply(x -> x + 1);
            Task<Integer> task = createTask(() -> await(dependent));
            await(sleep(Duration.ZERO));
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
            assertTrue(dependent.isCancelled());
            assertFalse(source.isDone(), "as everywhere in the JDK, a cancellation goes downstream only");
        });
    }

    @Test
    void aShieldKeepsACancellationFromTheStage() {
        Runs.virtual(carrier, () -> {
            CompletableFuture<Integer> source = new CompletableFuture<>();
            Future<Integer> wrapped = wrapFuture(source);
            Task<Integer> task = createTask(() -> await(Asyncio.shield(wrapped)));
            await(sleep(Duration.ZERO));
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
            assertFalse(source.isDone());
            source.complete(7);
            assertEquals(7, await(wrapped));
        });
    }

    @Test
    void aMinimalStageIsNotWaitedForAnyLonger() {
        Runs.virtual(carrier, () -> {
            CompletableFuture<Integer> source = new CompletableFuture<>();
            cancelsAndGoesOn(source.minimalCompletionStage());
            assertFalse(source.isDone(), "a minimal stage cannot be completed by those who wait for it");
        });
    }

    @Test
    void aStageWithoutACompletableFutureIsNotWaitedForAnyLonger() {
        CompletionStage<Integer> stage = stage((method, arguments) -> {
            if (method.equals("toCompletableFuture")) {
                throw new UnsupportedOperationException("by contract");
            }
        });
        Runs.virtual(carrier, () -> cancelsAndGoesOn(stage));
    }

    private static void cancelsAndGoesOn(CompletionStage<Integer> stage) {
        Task<Integer> task = createTask(() -> await(stage));
        await(sleep(Duration.ZERO));
        task.cancel();
        assertThrows(CancelledError.class, () -> await(task));
        await(sleep(Duration.ofDays(1))); // time goes on: nothing is outstanding
    }

    @Test
    void aStageThatThrowsFromItsMethodsIsAClearError() {
        Oops error = new Oops("broken stage");
        CompletionStage<Integer> stage = stage((method, arguments) -> {
            throw error;
        });
        Runs.virtual(carrier, () -> {
            assertSame(error, assertThrows(Oops.class, () -> await(stage)));
            await(sleep(Duration.ofDays(1))); // time goes on: nothing is outstanding
        });
    }

    @Test
    void ofAStageThatSignalsTwiceTheFirstCounts() {
        Runs.virtual(carrier, () -> {
            CompletionStage<Integer> twice = stage((method, arguments) -> {
                if (method.equals("whenComplete")) {
                    @SuppressWarnings("unchecked")
                    BiConsumer<Integer, Throwable> told = (BiConsumer<Integer, Throwable>) arguments[0];
                    told.accept(1, null);
                    told.accept(2, null);
                }
            });
            assertEquals(1, await(twice));
            CompletableFuture<Integer> outstanding = new CompletableFuture<>();
            Task<Integer> waiter = createTask(() -> await(outstanding));
            await(sleep(Duration.ZERO));
            Thread other = new Thread(() -> outstanding.complete(3));
            Asyncio.getRunningLoop().callSoon(other::start);
            Task<Void> timer = createTask(() -> await(sleep(Duration.ofDays(1))));
            assertEquals(3, await(waiter));
            assertFalse(timer.done(), "the second signal was counted as the end of this other one");
            other.join();
        });
    }

    /** What a stage does before its methods do their work. */
    private interface Rule {
        void before(String method, Object[] arguments);
    }

    /** A stage of some other library, which completes by its rule or never. */
    private static CompletionStage<Integer> stage(Rule rule) {
        CompletableFuture<Integer> source = new CompletableFuture<>();
        Object proxy = Proxy.newProxyInstance(
                ForeignCancellationOnEveryCarrierTest.class.getClassLoader(),
                new Class<?>[] {CompletionStage.class},
                (self, method, arguments) -> {
                    rule.before(method.getName(), arguments);
                    return method.invoke(source, arguments);
                });
        @SuppressWarnings("unchecked")
        CompletionStage<Integer> stage = (CompletionStage<Integer>) proxy;
        return stage;
    }
}
