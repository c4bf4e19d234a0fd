package dev.asyncio.misuse;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.Coroutine;
import dev.asyncio.ExceptionContext;
import dev.asyncio.Task;
import dev.asyncio.TimeoutException;
import dev.asyncio.support.AsyncioLog;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Trace;
import dev.asyncio.sync.Condition;
import dev.asyncio.sync.Lock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What debug mode finds in bodies: awaits that were forgotten, cancellations that were swallowed. */
class DebugChecksTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final Trace trace = new Trace();

    @Test
    void aTaskWhoseResultIsACoroutineIsReported() {
        List<ExceptionContext> reports = new ArrayList<>();
        Asyncio.run(
                () -> {
                    getRunningLoop().setExceptionHandler((loop, report) -> reports.add(report));
                    Task<?> forgotten = createTask(() -> sleep(A_SECOND));
                    assertInstanceOf(Coroutine.class, await(forgotten));
                    assertEquals(1, reports.size());
                    assertTrue(reports.get(0).message().contains("nobody has awaited"), reports.get(0)::message);
                    assertEquals(forgotten, reports.get(0).task());
                },
                Runs.onVirtualTime().withDebug(true));
    }

    @Test
    void aBlockWhoseResultIsACoroutineIsReported() {
        List<ExceptionContext> reports = new ArrayList<>();
        Asyncio.run(
                () -> {
                    getRunningLoop().setExceptionHandler((loop, report) -> reports.add(report));
                    Coroutine<?> forgets = new Forgets();
                    List<Coroutine<?>> ways = List.of(
                            forgets,
                            Asyncio.timeout(A_SECOND, forgets),
                            Asyncio.waitFor(forgets, A_SECOND),
                            new Lock().hold(forgets));
                    for (Coroutine<?> way : ways) {
                        reports.clear();
                        assertInstanceOf(Coroutine.class, await(way));
                        assertEquals(1, reports.size(), way::toString);
                        assertTrue(
                                reports.get(0).message().startsWith("a block that forgets returned "), way::toString);
                        assertTrue(reports.get(0).message().contains("nobody has awaited"), way::toString);
                        assertEquals(Asyncio.currentTask(), reports.get(0).task());
                    }
                },
                Runs.onVirtualTime().withDebug(true));
    }

    private static final class Forgets implements Coroutine<Coroutine<?>> {
        @Override
        public Coroutine<?> run() {
            return sleep(A_SECOND);
        }

        @Override
        public String toString() {
            return "a block that forgets";
        }
    }

    @Test
    void aSwallowedCancellationIsReportedOnce() {
        Asyncio.run(
                () -> {
                    Task<Void> worker = createTask(
                            () -> {
                                for (int i = 0; i < 3; i++) {
                                    try {
                                        await(sleep(A_SECOND));
                                    } catch (CancelledError e) {
                                        trace.add("swallowed");
                                    }
                                }
                            },
                            "worker");
                    await(sleep(Duration.ZERO));
                    worker.cancel();
                    await(worker);
                },
                Runs.onVirtualTime().withDebug(true));
        trace.is("swallowed");
        assertTrue(AsyncioLog.messageOf(AsyncioLog.expect("uncancel")).contains("'worker'"));
    }

    @Test
    void aCancellationThatAConditionKeepsWhileItWaitsForItsLockIsNotReported() {
        Asyncio.run(
                () -> {
                    Condition condition = new Condition();
                    Task<Boolean> waiter = createTask(condition.hold(condition.waitForNotify()));
                    await(sleep(A_SECOND));
                    await(condition.hold(() -> {
                        waiter.cancel();
                        await(sleep(A_SECOND));
                    }));
                    assertThrows(CancelledError.class, () -> await(waiter));
                },
                Runs.onVirtualTime().withDebug(true));
    }

    @Test
    void aCancellationThatWasTakenBackIsNotReported() {
        Asyncio.run(
                () -> {
                    Task<Void> worker = createTask(() -> {
                        try {
                            await(sleep(A_SECOND));
                        } catch (CancelledError e) {
                            Asyncio.currentTask().uncancel();
                        }
                        await(sleep(A_SECOND));
                    });
                    await(sleep(Duration.ZERO));
                    worker.cancel();
                    await(worker);
                    assertThrows(
                            TimeoutException.class,
                            () -> await(Asyncio.timeout(A_SECOND, () -> await(sleep(Duration.ofDays(1))))));
                    await(sleep(A_SECOND));
                },
                Runs.onVirtualTime().withDebug(true));
    }
}
