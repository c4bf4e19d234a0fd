package dev.asyncio.cancellation;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.AsyncIterator;
import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.Coroutine;
import dev.asyncio.ExceptionGroup;
import dev.asyncio.Future;
import dev.asyncio.Task;
import dev.asyncio.TaskGroup;
import dev.asyncio.VoidCoroutine;
import dev.asyncio.queues.PriorityQueue;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Trace;
import dev.asyncio.sync.Condition;
import dev.asyncio.sync.Lock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** What is particular to Java: a cancellation is no {@code Exception}. */
class CancellationInJavaTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final Trace trace = new Trace();

    @Test
    void aWorkerThatCatchesEveryExceptionDoesNotSurviveItsCancellation() {
        Runs.virtual(() -> {
            Task<Void> worker = createTask(() -> {
                while (true) {
                    try {
                        await(sleep(A_SECOND));
                        throw new IllegalStateException("work failed");
                    } catch (Exception e) {
                        trace.add(e.getMessage());
                    }
                }
            });
            await(sleep(Duration.ofMillis(2500)));
            worker.cancel();
            assertThrows(CancelledError.class, () -> await(worker));
            assertTrue(worker.cancelled());
        });
        trace.is("work failed", "work failed");
    }

    @Test
    void theErrorThatABodyCaughtAndThrewAgainIsTheOneThatTheWaiterGets() {
        CancelledError[] caught = new CancelledError[1];
        Runs.virtual(() -> {
            Task<Void> task = createTask(() -> {
                try {
                    await(sleep(Duration.ofDays(1)));
                } catch (CancelledError e) {
                    caught[0] = e;
                    throw e;
                }
            });
            await(sleep(A_SECOND));
            task.cancel("why");
            CancelledError seen = assertThrows(CancelledError.class, () -> await(task));
            assertSame(caught[0], seen);
        });
        assertEquals("why", caught[0].getMessage());
    }

    @Test
    void aCancellationExceptionOfTheJdkIsAnOrdinaryFailureOfAJavaBody() {
        Runs.virtual(() -> {
            Task<Void> task = createTask(() -> {
                throw new CancellationException("somebody else's");
            });
            assertThrows(CancellationException.class, () -> await(task));
            assertFalse(task.cancelled());
            assertInstanceOf(CancellationException.class, task.exception());
        });
    }

    @Test
    void itIsOneInsideOfAnOperationToo() {
        CancellationException error = new CancellationException("somebody else's");
        Coroutine<String> fails = () -> {
            throw error;
        };
        Runs.virtual(() -> {
            Future<String> failed = createTask(fails);
            assertThrows(CancellationException.class, () -> await(failed));
            for (Coroutine<String> operation : List.of(
                    Asyncio.timeout(A_SECOND, fails),
                    Asyncio.waitFor(fails, A_SECOND),
                    Asyncio.waitFor(failed, A_SECOND),
                    new Lock().hold(fails))) {
                assertSame(error, assertThrows(CancellationException.class, () -> await(operation)));
                Task<String> task = createTask(operation);
                assertSame(error, assertThrows(CancellationException.class, () -> await(task)));
                assertFalse(task.cancelled());
            }
            ExceptionGroup failures = assertThrows(ExceptionGroup.class, () -> await(new TaskGroup().enter(fails)));
            assertEquals(List.of(error), failures.exceptions());
        });
    }

    @Test
    void itIsOneWhereverItIsThrown() {
        CancellationException error = new CancellationException("somebody else's");
        Runs.virtual(() -> {
            Future<Void> failed = Asyncio.getRunningLoop().createFuture();
            failed.setException(error);
            Task<Void> failing = createTask(() -> {
                await(sleep(A_SECOND));
                throw error;
            });
            Condition condition = new Condition();
            PriorityQueue<Integer> queue = new PriorityQueue<>((a, b) -> {
                throw error;
            });
            queue.putNowait(1);
            for (VoidCoroutine body : List.<VoidCoroutine>of(
                    () -> await(failed),
                    () -> await(Asyncio.shield(failing)),
                    () -> await(condition.hold(() -> await(condition.waitFor(() -> {
                        throw error;
                    })))),
                    () -> await(queue.put(2)))) {
                Task<Void> task = createTask(body);
                assertSame(error, assertThrows(CancellationException.class, () -> await(task)));
                assertFalse(task.cancelled());
            }
            assertSame(error, assertThrows(CancellationException.class, () -> queue.putNowait(2)));
        });
    }

    @Test
    void itIsOneOfAComparatorThatIsAskedAfterAWait() {
        CancellationException error = new CancellationException("somebody else's");
        boolean[] fails = {false};
        Runs.virtual(() -> {
            PriorityQueue<Integer> queue = new PriorityQueue<>(2, (a, b) -> {
                if (fails[0]) throw error;
                return a.compareTo(b);
            });
            queue.putNowait(1);
            queue.putNowait(2);
            Task<Void> putter = createTask(() -> await(queue.put(3)));
            await(sleep(A_SECOND));
            fails[0] = true;
            queue.getNowait();
            assertSame(error, assertThrows(CancellationException.class, () -> await(putter)));
            assertFalse(putter.cancelled());
        });
    }

    @Test
    void whatFailsWhileAnOperationIsCancelledIsSuppressed() {
        AsyncIterator<String> never = new AsyncIterator<>() {
            @Override
            public Coroutine<Boolean> advance() {
                return sleep(Duration.ofDays(1), false);
            }

            @Override
            public String current() {
                throw new IllegalStateException("no element");
            }

            @Override
            public Coroutine<Void> close() {
                return () -> {
                    throw new IllegalStateException("not closed");
                };
            }
        };
        Runs.virtual(() -> {
            Task<List<String>> task = createTask(() -> await(never.toList()));
            await(sleep(A_SECOND));
            task.cancel();
            CancelledError error = assertThrows(CancelledError.class, () -> await(task));
            assertEquals(1, error.getSuppressed().length);
            assertEquals("not closed", error.getSuppressed()[0].getMessage());
        });
    }

    @Test
    void finallyBlocksRunFromTheInsideOut() {
        Runs.virtual(() -> {
            Task<Void> task = createTask(() -> {
                try {
                    try {
                        await(sleep(Duration.ofDays(1)));
                    } finally {
                        trace.add("inner");
                    }
                } finally {
                    await(sleep(A_SECOND));
                    trace.add("outer, a second later");
                }
            });
            await(sleep(A_SECOND));
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
        });
        trace.is("inner", "outer, a second later");
    }

    @Test
    void aResourceIsClosedByACancellation() {
        Runs.virtual(() -> {
            Task<Void> task = createTask(() -> {
                try (AutoCloseable resource = () -> trace.add("closed")) {
                    trace.add("opened");
                    await(sleep(Duration.ofDays(1)));
                }
            });
            await(sleep(A_SECOND));
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
        });
        trace.is("opened", "closed");
    }
}
