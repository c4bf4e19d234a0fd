package dev.asyncio.loop;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.EventLoop;
import dev.asyncio.Future;
import dev.asyncio.NoRunningLoopException;
import dev.asyncio.RunnerOptions;
import dev.asyncio.support.Trace;
import dev.asyncio.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which loop is current where, and several loops beside each other. */
class CurrentLoopTest {
    private final VirtualTimeLoop loop = new VirtualTimeLoop();
    private final Trace trace = new Trace();

    @AfterEach
    void close() {
        loop.close();
    }

    // ---- the current loop

    @Test
    void theRunningLoopIsKnownInCallbacksAndBodiesAndNowhereElse() {
        assertThrows(NoRunningLoopException.class, Asyncio::getRunningLoop);
        loop.callSoon(() -> assertSame(loop, Asyncio.getRunningLoop()));
        loop.runUntilComplete(() -> {
            assertSame(loop, Asyncio.getRunningLoop());
            assertSame(loop, Asyncio.getEventLoop());
            await(sleep(Duration.ofSeconds(1)));
            assertSame(loop, Asyncio.getRunningLoop());
            Thread other = new Thread(() -> {
                assertThrows(NoRunningLoopException.class, Asyncio::getRunningLoop);
                trace.add("not inherited");
            });
            other.start();
            other.join();
        });
        assertThrows(NoRunningLoopException.class, Asyncio::getRunningLoop);
        trace.is("not inherited");
    }

    @Test
    void insideOfARunningLoopNothingElseIsCurrent() {
        try (EventLoop other = Asyncio.newEventLoop()) {
            Asyncio.setEventLoop(other);
            assertSame(other, Asyncio.getEventLoop());
            loop.runUntilComplete(() -> assertSame(loop, Asyncio.getEventLoop()));
            assertSame(other, Asyncio.getEventLoop());
            Asyncio.setEventLoop(null);
        }
        assertThrows(NoRunningLoopException.class, Asyncio::getEventLoop);
    }

    @Test
    void aThreadWithoutALoopGetsOneMadeAndKeepsIt() throws Exception {
        Thread thread = new Thread(() -> {
            EventLoop made = Asyncio.getEventLoop();
            assertSame(made, Asyncio.getEventLoop());
            assertEquals(7, made.runUntilComplete(() -> 7));
            made.close();
            assertSame(made, Asyncio.getEventLoop(), "as in asyncio, a closed loop stays the thread's");
            Asyncio.setEventLoop(null);
            assertThrows(NoRunningLoopException.class, Asyncio::getEventLoop);
            trace.add("checked");
        });
        thread.start();
        thread.join();
        trace.is("checked");
    }

    @Test
    void aNewLoopIsNotCurrent() {
        try (EventLoop made = Asyncio.newEventLoop()) {
            Asyncio.setEventLoop(loop);
            assertSame(loop, Asyncio.getEventLoop());
            assertFalse(made.isRunning());
            Asyncio.setEventLoop(null);
        }
    }

    // ---- several loops

    @Test
    void twoThreadsRunTheirOwnLoopsAtOnce() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        Set<EventLoop> loops = ConcurrentHashMap.newKeySet();
        Runnable program = () -> Asyncio.run(
                () -> {
                    loops.add(Asyncio.getRunningLoop());
                    // Both are inside of their runs when the barrier opens; blocking is what is wanted here.
                    await(Asyncio.toThread(() -> both.await()));
                    await(sleep(Duration.ofMillis(1)));
                    assertFalse(Asyncio.getRunningLoop().isClosed());
                },
                RunnerOptions.DEFAULT);
        Thread first = new Thread(program, "first");
        Thread second = new Thread(program, "second");
        first.start();
        second.start();
        first.join();
        second.join();
        assertEquals(2, loops.size());
        assertTrue(loops.stream().allMatch(EventLoop::isClosed));
    }

    @Test
    void awaitingAFutureOfAnotherLoopIsRefusedInTheAwait() {
        try (VirtualTimeLoop other = new VirtualTimeLoop()) {
            Future<Integer> foreign = other.createFuture();
            loop.runUntilComplete(() -> {
                IllegalStateException error = assertThrows(IllegalStateException.class, () -> await(foreign));
                assertTrue(error.getMessage().contains("attached to a different loop"), error::getMessage);
                await(sleep(Duration.ofSeconds(1)));
                trace.add("went on");
            });
            foreign.setResult(7);
            assertEquals(7, loop.runUntilComplete(() -> await(foreign)), "one that is done is only read");
        }
        trace.is("went on");
    }
}
