package dev.asyncio.vertx;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.waitFor;
import static dev.asyncio.vertx.VertxFutures.awaitable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.asyncio.CancelledError;
import dev.asyncio.NoRunningLoopException;
import dev.asyncio.Task;
import dev.asyncio.TimeoutException;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Trace;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Futures of Vert.x in bodies. */
class VertxFuturesTest {
    private final Trace trace = new Trace();

    @Test
    void aFutureThatIsCompleteIsAwaited() {
        assertEquals(7, Runs.virtual(() -> await(awaitable(Future.succeededFuture(7)))));
    }

    @Test
    void whatAnotherThreadCompletesComesThroughTheLoop() throws Exception {
        Promise<String> promise = Promise.promise();
        Thread other = new Thread(() -> promise.complete("from elsewhere"));
        Runs.virtual(() -> {
            List<String> both = await(gather(() -> await(awaitable(promise.future())), () -> {
                other.start();
                return "here";
            }));
            assertEquals(List.of("from elsewhere", "here"), both);
        });
        other.join();
    }

    @Test
    void itsFailureIsThrownAsItIs() {
        IOException error = new IOException("refused");
        Runs.virtual(() -> {
            assertSame(
                    error,
                    assertThrows(
                            IOException.class, () -> await(awaitable(Future.failedFuture(error)), IOException.class)));
        });
    }

    @Test
    void aTimeoutDropsWhatComesLater() {
        Promise<String> promise = Promise.promise();
        Runs.virtual(() -> {
            assertThrows(TimeoutException.class, () -> await(waitFor(awaitable(promise.future()), Duration.ZERO)));
            promise.complete("too late");
            await(sleep(Duration.ofSeconds(1)));
        });
    }

    @Test
    void whatMustBeGivenBackIsWhenItComesTooLate() {
        Promise<String> promise = Promise.promise();
        Runs.virtual(() -> {
            Task<String> task =
                    createTask(() -> await(awaitable(promise.future(), late -> trace.add("back: " + late))));
            await(sleep(Duration.ZERO));
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
        });
        trace.is();
        promise.complete("connection"); // with the loop closed
        trace.is("back: connection");
    }

    @Test
    void whatComesInTimeIsNotGivenBack() {
        Promise<String> promise = Promise.promise();
        Runs.virtual(() -> {
            Task<String> task =
                    createTask(() -> await(awaitable(promise.future(), late -> trace.add("back: " + late))));
            await(sleep(Duration.ZERO));
            promise.complete("connection");
            assertEquals("connection", await(task));
            assertFalse(task.cancel());
        });
        trace.is();
    }

    @Test
    void aTimerIsCancelled() {
        Vertx vertx = Vertx.vertx();
        Runs.real(() -> {
            try {
                Timer timer = vertx.timer(1, TimeUnit.DAYS);
                assertThrows(TimeoutException.class, () -> await(waitFor(awaitable(timer), Duration.ofMillis(1))));
                assertThrows(CancelledError.class, () -> await(awaitable(timer)));
            } finally {
                await(awaitable(vertx.close()));
            }
        });
    }

    @Test
    void itTakesALoop() {
        assertThrows(NoRunningLoopException.class, () -> awaitable(Future.succeededFuture(7)));
    }
}
