package dev.asyncio.sync;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.toThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.Awaitable;
import dev.asyncio.Coroutine;
import dev.asyncio.NoRunningLoopException;
import dev.asyncio.Task;
import dev.asyncio.WrongLoopThreadException;
import dev.asyncio.queues.Queue;
import dev.asyncio.support.Runs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** An object belongs to the loop in which somebody first had to wait for it, and to that loop's thread. */
class OneLoopTest {
    private final Lock lock = new Lock();
    private final Event event = new Event();
    private final Condition condition = new Condition();
    private final Semaphore semaphore = new Semaphore(1);
    private final Barrier barrier = new Barrier(2);
    private final Queue<Integer> empty = new Queue<>();
    private final Queue<Integer> full = new Queue<>(1);

    /** What waits, once {@link #occupy()} was awaited. */
    private List<Supplier<Coroutine<?>>> waits() {
        List<Supplier<Coroutine<?>>> waits = new ArrayList<>();
        waits.add(lock::acquire);
        waits.add(lock::hold);
        waits.add(event::waitUntilSet);
        waits.add(condition::waitForNotify);
        waits.add(semaphore::acquire);
        waits.add(barrier::arrive);
        waits.add(empty::get);
        waits.add(() -> full.put(2));
        waits.add(full::join);
        return waits;
    }

    private void occupy() {
        await(lock.acquire());
        await(condition.acquire());
        await(semaphore.acquire());
        full.putNowait(1);
    }

    private List<String> states() {
        List<String> states = new ArrayList<>();
        for (Object object : List.of(lock, event, condition, semaphore, barrier, empty, full)) {
            states.add(object.toString());
        }
        return states;
    }

    private static void letWait(Coroutine<?> wait) {
        Task<?> task = createTask(wait);
        await(sleep(Duration.ofSeconds(1)));
        assertFalse(task.done(), wait::toString);
        task.cancel();
        await(Asyncio.wait(List.<Awaitable<?>>of(task)));
        assertTrue(task.cancelled());
    }

    @Test
    void whatWasWaitedForInOneLoopCannotBeWaitedForInAnother() {
        Runs.virtual(() -> {
            occupy();
            for (Supplier<Coroutine<?>> wait : waits()) {
                letWait(wait.get());
            }
        });
        List<String> before = states();
        Runs.virtual(() -> {
            for (Supplier<Coroutine<?>> wait : waits()) {
                IllegalStateException error = assertThrows(IllegalStateException.class, () -> await(wait.get()));
                assertTrue(error.getMessage().endsWith(" is bound to a different event loop"), error::getMessage);
            }
        });
        assertEquals(before, states());
    }

    @Test
    void whatNobodyHadToWaitForMayBeUsedInAnyLoop() {
        for (int i = 0; i < 2; i++) {
            Runs.virtual(() -> {
                await(lock.acquire());
                lock.release();
                event.set();
                await(event.waitUntilSet());
                await(semaphore.acquire());
                semaphore.release();
                await(empty.put(1));
                assertEquals(1, await(empty.get()));
                empty.taskDone();
                await(empty.join());
            });
        }
    }

    @Test
    void noLoopIsNeededToMakeThemAndForWhatDoesNotWait() {
        event.set();
        assertTrue(event.isSet());
        semaphore.release();
        full.putNowait(1);
        assertEquals(1, full.getNowait());
        assertEquals("<Semaphore unlocked, value=2>", semaphore.toString());
    }

    @Test
    void awaitingThemNeedsARunningLoop() {
        event.set();
        full.putNowait(1);
        for (Coroutine<?> coroutine : List.of(
                lock.acquire(), lock.hold(), event.waitUntilSet(), semaphore.acquire(), full.get(), barrier.arrive())) {
            assertThrows(NoRunningLoopException.class, () -> await(coroutine));
        }
        assertEquals("<Lock unlocked>", lock.toString());
        assertEquals(1, full.qsize());
    }

    @Test
    void aCallbackOfTheLoopCannotAwaitThem() {
        Runs.virtual(() -> {
            Throwable[] seen = {null};
            Asyncio.getRunningLoop()
                    .callSoon(() -> seen[0] = assertThrows(IllegalStateException.class, () -> await(lock.acquire())));
            await(sleep(Duration.ZERO));
            assertTrue(seen[0].getMessage().contains("callback"), seen[0]::getMessage);
            assertFalse(lock.locked());
        });
    }

    @Test
    void inDebugModeACallFromAnotherThreadIsRefused() {
        Runs.virtual(() -> {
            Asyncio.getRunningLoop().setDebug(true);
            occupy();
            for (Supplier<Coroutine<?>> wait : waits()) {
                letWait(wait.get());
            }
            List<String> before = states();
            List<Executable> calls = List.of(
                    lock::release,
                    event::set,
                    event::clear,
                    condition::release,
                    condition::notifyAllWaiters,
                    semaphore::release,
                    () -> empty.putNowait(1),
                    full::getNowait,
                    full::taskDone,
                    () -> full.shutdown(true));
            await(toThread(() -> {
                for (Executable call : calls) {
                    WrongLoopThreadException error = assertThrows(WrongLoopThreadException.class, call);
                    assertTrue(error.getMessage().contains("callSoonThreadsafe"), error::getMessage);
                }
            }));
            assertEquals(before, states());
        });
    }
}
