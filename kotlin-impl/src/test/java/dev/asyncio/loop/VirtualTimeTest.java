package dev.asyncio.loop;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.AsyncIterator;
import dev.asyncio.AsyncIterators;
import dev.asyncio.DeadlockException;
import dev.asyncio.Future;
import dev.asyncio.InvalidStateException;
import dev.asyncio.Task;
import dev.asyncio.support.Trace;
import dev.asyncio.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A loop whose clock goes to the next timer at once, and what it says when there is none. */
class VirtualTimeTest {
    private final VirtualTimeLoop loop = new VirtualTimeLoop();
    private final Trace trace = new Trace();

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void virtualTimeJumpsToTheNextTimer() {
        assertEquals(Duration.ZERO, loop.time());
        loop.runUntilComplete(sleep(Duration.ofDays(365)));
        assertEquals(Duration.ofDays(365), loop.time());
    }

    @Test
    void advanceMovesTheClockAndRunsNothing() {
        loop.callLater(Duration.ofSeconds(5), trace.adding("due"));
        loop.advance(Duration.ofSeconds(10));
        trace.is();
        loop.runUntilIdle();
        trace.is("due");
        assertEquals(Duration.ofSeconds(10), loop.time());
        assertThrows(IllegalArgumentException.class, () -> loop.advance(Duration.ofSeconds(-1)));
    }

    @Test
    void theClockStopsAtTheEndOfTimeWhichSleepersReach() {
        loop.advance(Duration.ofDays(1));
        assertEquals(7, loop.runUntilComplete(sleep(Duration.ofDays(300 * 365), 7)));
        Duration end = loop.time();
        loop.advance(Duration.ofSeconds(Long.MAX_VALUE));
        assertEquals(end, loop.time());
        assertEquals(8, loop.runUntilComplete(sleep(Duration.ofDays(1), 8)));
    }

    @Test
    void whereNothingCanGoOnTheDeadlockNamesThePendingTasks() {
        Future<Void> never = loop.createFuture();
        Task<Void> stuck = loop.createTask(() -> await(never), "stuck");
        DeadlockException error =
                assertThrows(DeadlockException.class, () -> loop.runUntilComplete(() -> await(stuck)));
        assertTrue(error.getMessage().contains("'stuck'"), error::getMessage);
        never.setResult(null);
        loop.runUntilIdle();
        assertThrows(InvalidStateException.class, () -> never.setResult(null));
    }

    @Test
    void runUntilIdleLeavesTasksThatWaitForSomething() {
        Future<Void> later = loop.createFuture();
        Task<Void> task = loop.createTask(() -> {
            await(sleep(Duration.ofSeconds(1)));
            await(later);
        });
        loop.runUntilIdle();
        assertFalse(task.done());
        later.setResult(null);
        loop.runUntilIdle();
        assertTrue(task.done());
    }

    @Test
    void runUntilIdleLeavesTasksThatWaitForAPublisher() {
        AsyncIterator<Integer> silent = AsyncIterators.fromPublisher(subscriber -> subscriber.onSubscribe(NEVER));
        Task<Boolean> task = loop.createTask(silent.advance());
        loop.runUntilIdle();
        assertFalse(task.done());
        task.cancel();
        loop.runUntilIdle();
        assertTrue(task.cancelled());
    }

    private static final Flow.Subscription NEVER = new Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    };

    @Test
    void aCancelledSleepLeavesNoTimerBehind() {
        Task<Void> task = loop.createTask(sleep(Duration.ofDays(1)));
        loop.callLater(Duration.ofSeconds(1), task::cancel);
        loop.runUntilIdle();
        assertTrue(task.cancelled());
        assertEquals(Duration.ofSeconds(1), loop.time());
    }
}
