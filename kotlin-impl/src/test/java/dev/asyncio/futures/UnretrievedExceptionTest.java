package dev.asyncio.futures;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.asyncio.Asyncio;
import dev.asyncio.ExceptionContext;
import dev.asyncio.Future;
import dev.asyncio.ReturnWhen;
import dev.asyncio.Task;
import dev.asyncio.support.AsyncioLog;
import dev.asyncio.support.Gc;
import dev.asyncio.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An exception that nobody asks for is reported, once. */
class UnretrievedExceptionTest {
    private final VirtualTimeLoop loop = new VirtualTimeLoop();
    private final List<ExceptionContext> reports = new ArrayList<>();

    @BeforeEach
    void collectReports() {
        loop.setExceptionHandler((l, report) -> reports.add(report));
    }

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void itIsReportedOnceTheFutureIsGarbage() {
        failAFuture("forgotten");
        assertEquals(List.of(), reports);
        collectAndRun();
        assertEquals(1, reports.size());
        assertEquals("Future exception was never retrieved", reports.get(0).message());
        assertEquals("forgotten", reports.get(0).exception().getMessage());
        collectAndRun();
        loop.close();
        assertEquals(1, reports.size(), "once");
    }

    @Test
    void ofATaskItIsReportedWithTheTasksName() {
        loop.createTask(
                () -> {
                    throw new RuntimeException("forgotten");
                },
                "worker");
        loop.runUntilIdle();
        collectAndRun();
        assertEquals("Task exception was never retrieved", reports.get(0).message());
        assertEquals("worker", reports.get(0).extras().get("task_name"));
        assertEquals(1, reports.size());
    }

    @Test
    void theStackThatATaskHasWaitedOnDoesNotKeepIt() {
        loop.createTask(() -> {
            await(sleep(Duration.ofSeconds(1)));
            throw new RuntimeException("forgotten");
        });
        loop.runUntilIdle();
        loop.advance(Duration.ofSeconds(2));
        collectAndRun();
        assertEquals(1, reports.size());
        assertEquals("forgotten", reports.get(0).exception().getMessage());
    }

    @Test
    void whatIsNotCollectedIsReportedWhenTheLoopCloses() {
        Future<Integer> kept = loop.createFuture();
        kept.setException(new RuntimeException("kept"));
        loop.close();
        assertEquals(1, reports.size());
        assertEquals("kept", reports.get(0).exception().getMessage());
        assertEquals("kept", kept.exception().getMessage());
    }

    @Test
    void anExceptionThatSomebodyHasSeenIsNotReported() {
        for (int way = 0; way < 5; way++) {
            see(way);
        }
        collectAndRun();
        loop.close();
        assertEquals(List.of(), reports);
    }

    private void see(int way) {
        Future<Integer> future = loop.createFuture();
        future.setException(new RuntimeException("seen"));
        switch (way) {
            case 0:
                assertThrows(RuntimeException.class, future::result);
                break;
            case 1:
                assertEquals("seen", future.exception().getMessage());
                break;
            case 2:
                loop.runUntilComplete(() -> assertThrows(RuntimeException.class, () -> await(future)));
                break;
            case 3:
                future.cancel();
                break;
            default:
                assertThrows(RuntimeException.class, () -> loop.runUntilComplete(future));
        }
    }

    @Test
    void aTaskThatWasAwaitedIsNotReported() {
        loop.runUntilComplete(() -> {
            Task<Integer> task = Asyncio.createTask(() -> {
                await(sleep(Duration.ofSeconds(1)));
                throw new IllegalStateException("awaited");
            });
            assertThrows(IllegalStateException.class, () -> await(task));
        });
        collectAndRun();
        loop.close();
        assertEquals(List.of(), reports);
    }

    @Test
    void resultsAndCancellationsAreNotReported() {
        loop.createFuture().setResult(null);
        loop.createFuture().cancel();
        loop.createTask(sleep(Duration.ofDays(1))).cancel();
        loop.runUntilIdle();
        collectAndRun();
        loop.close();
        assertEquals(List.of(), reports);
    }

    @Test
    void failuresBehindTheFirstOneOfAGatherCountAsSeen() {
        loop.runUntilComplete(() -> {
            Future<List<Integer>> gathered = Asyncio.gather(failing("first", 1), failing("second", 2));
            assertThrows(IllegalStateException.class, () -> await(gathered));
            await(sleep(Duration.ofSeconds(5)));
        });
        collectAndRun();
        loop.close();
        assertEquals(List.of(), reports);
    }

    private static Task<Integer> failing(String message, int seconds) {
        return Asyncio.createTask(() -> {
            await(sleep(Duration.ofSeconds(seconds)));
            throw new IllegalStateException(message);
        });
    }

    @Test
    void aWaitForTheFirstExceptionSeesNoneIfItWaitedForTheLastOneAnyway() {
        loop.createTask(() -> {
            Future<Integer> future = loop.createFuture();
            future.setException(new RuntimeException("forgotten"));
            return await(Asyncio.wait(List.of(future), ReturnWhen.FIRST_EXCEPTION))
                    .done()
                    .size();
        });
        loop.runUntilIdle();
        collectAndRun();
        assertEquals(1, reports.size());
    }

    @Test
    void theDefaultHandlerLogsIt() {
        loop.setExceptionHandler(null);
        failAFuture("logged");
        collectAndRun();
        assertEquals(
                "logged",
                AsyncioLog.expect("Future exception was never retrieved")
                        .getThrown()
                        .getMessage());
    }

    @Test
    void inDebugModeTheReportTellsWhereTheFutureWasMade() {
        failAFuture("without debug mode");
        loop.setDebug(true);
        failAFuture("in debug mode");
        collectAndRun();
        assertEquals(2, reports.size());
        for (ExceptionContext report : reports) {
            Object origin = report.extras().get("source_traceback");
            if (report.exception().getMessage().equals("in debug mode")) {
                StackTraceElement first = (StackTraceElement) ((List<?>) origin).get(0);
                assertEquals("failAFuture", first.getMethodName());
            } else {
                assertNull(origin);
            }
        }
    }

    /** In a frame of its own, so that nothing holds the future afterwards. */
    private void failAFuture(String message) {
        loop.createFuture().setException(new RuntimeException(message));
    }

    /** A loop that does something notices what the garbage collector has found. */
    private void collectAndRun() {
        Gc.collect();
        loop.callSoon(() -> {});
        loop.runUntilIdle();
    }
}
