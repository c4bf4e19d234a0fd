package dev.asyncio.stacks;

import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.shield;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.timeout;
import static dev.asyncio.Asyncio.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.Awaitable;
import dev.asyncio.Future;
import dev.asyncio.Task;
import dev.asyncio.TaskGroup;
import dev.asyncio.TimeoutException;
import dev.asyncio.support.Threads;
import dev.asyncio.support.Trace;
import dev.asyncio.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the SDK does by itself needs no stack and no thread: only bodies of Java code do. */
class OperationsTakeNoStackTest {
    private final Trace trace = new Trace();
    private final VirtualTimeLoop loop = new VirtualTimeLoop();
    private final Thread me = Thread.currentThread();

    @AfterEach
    void noStackWasMade() {
        assertTrue(loop.toString().contains("stacks=0"), loop::toString);
        assertEquals(List.of(), Threads.ofTheSdk());
        assertEquals(List.of(), Threads.virtualOfTheSdk());
        loop.close();
    }

    @Test
    void callbacksAndTimers() {
        loop.callSoon(this::noteThread);
        loop.callLater(seconds(1), this::noteThread);
        loop.runUntilIdle();
        trace.is(me, me);
    }

    @Test
    void sleeping() {
        assertEquals("awake", loop.runUntilComplete(sleep(seconds(1), "awake")));
    }

    @Test
    void gatheringAndDoneCallbacks() {
        Future<List<Integer>> gathered = onLoop(() -> gather(sleep(seconds(2), 2), sleep(seconds(1), 1)));
        gathered.addDoneCallback(done -> noteThread());
        assertEquals(List.of(2, 1), loop.runUntilComplete(gathered));
        trace.is(me);
    }

    @Test
    void waitingWithALimit() {
        Awaitable<String> slow = sleep(seconds(100), "slow");
        assertThrows(TimeoutException.class, () -> loop.runUntilComplete(waitFor(slow, seconds(1))));
        assertThrows(
                TimeoutException.class, () -> loop.runUntilComplete(timeout(seconds(1), sleep(seconds(100), "slow"))));
        assertThrows(
                TimeoutException.class,
                () -> loop.runUntilComplete(Asyncio.timeoutAt(seconds(3), sleep(seconds(100), "slow"))));
    }

    @Test
    void waitingForSeveral() {
        int done = loop.runUntilComplete(Asyncio.wait(List.of(sleep(seconds(1)), sleep(seconds(2)))))
                .done()
                .size();
        assertEquals(2, done);
    }

    @Test
    void shielding() {
        assertEquals("safe", loop.runUntilComplete(onLoop(() -> shield(sleep(seconds(1), "safe")))));
    }

    @Test
    void takingThemAsTheyComplete() {
        var completed = onLoop(() -> Asyncio.asCompleted(List.of(sleep(seconds(2), 2), sleep(seconds(1), 1))));
        for (var next : completed) {
            trace.add(loop.runUntilComplete(next));
        }
        trace.is(1, 2);
    }

    @Test
    void aGroupRoundAnOperation() {
        TaskGroup group = new TaskGroup();
        assertEquals("inside", loop.runUntilComplete(group.enter(sleep(seconds(1), "inside"))));
    }

    @Test
    void tasksOfOperationsAndTheirCancellation() {
        Task<String> task = loop.createTask(sleep(seconds(100), "never"));
        loop.callLater(seconds(1), task::cancel);
        loop.runUntilIdle();
        assertTrue(task.cancelled());
        assertEquals(seconds(1), loop.time());
    }

    private void noteThread() {
        trace.add(Thread.currentThread());
    }

    /** Calls something that wants a running loop. */
    private <T> T onLoop(Supplier<T> call) {
        Future<T> result = loop.createFuture();
        loop.callSoon(() -> result.setResult(call.get()));
        return loop.runUntilComplete(result);
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
