package dev.asyncio.sync;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.CancelledError;
import dev.asyncio.Coroutine;
import dev.asyncio.Task;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Trace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Both ways of holding something in Java: try-with-resources, and a block. */
class HoldTest {
    private final Trace trace = new Trace();

    @Test
    void aLockIsHeldByTryWithResources() {
        Lock lock = new Lock();
        Runs.virtual(() -> {
            List<Task<?>> tasks = new ArrayList<>();
            for (String name : List.of("A", "B")) {
                tasks.add(createTask(() -> {
                    try (Held held = await(lock.hold())) {
                        trace.add(name + " in");
                        await(sleep(Duration.ofSeconds(1)));
                        trace.add(name + " out");
                    }
                }));
            }
            for (Task<?> task : tasks) {
                await(task);
            }
        });
        trace.is("A in", "A out", "B in", "B out");
        assertFalse(lock.locked());
    }

    @Test
    void theLockIsReleasedBeforeTheExceptionIsCaught() {
        Lock lock = new Lock();
        Runs.virtual(() -> {
            try (Held held = await(lock.hold())) {
                throw new IOException("disk full");
            } catch (IOException e) {
                trace.add(e.getMessage() + " " + lock);
            }
        });
        trace.is("disk full <Lock unlocked>");
    }

    @Test
    void aBlockMayThrowWhatItDeclares() {
        Lock lock = new Lock();
        Runs.virtual(() -> {
            Coroutine<String> body = () -> {
                throw new IOException("disk full");
            };
            assertThrows(IOException.class, () -> await(lock.hold(body), IOException.class));
            assertFalse(lock.locked());
        });
    }

    @Test
    void aCancelledHolderReleases() {
        Lock lock = new Lock();
        Runs.virtual(() -> {
            Task<?> holder = createTask(() -> {
                try (Held held = await(lock.hold())) {
                    await(sleep(Duration.ofSeconds(100)));
                }
            });
            await(sleep(Duration.ZERO));
            holder.cancel("enough");
            assertThrows(CancelledError.class, () -> await(holder));
            assertFalse(lock.locked());
        });
    }

    @Test
    void conditionsAndSemaphoresAreHeldTheSameWay() {
        Condition condition = new Condition();
        Semaphore semaphore = new BoundedSemaphore(1);
        Runs.virtual(() -> {
            try (Held held = await(condition.hold())) {
                assertTrue(condition.locked());
                condition.notifyWaiters(1);
            }
            assertFalse(condition.locked());
            try (Held held = await(semaphore.hold())) {
                assertTrue(semaphore.locked());
            }
            assertEquals("<BoundedSemaphore unlocked, value=1>", semaphore.toString());
            assertEquals("block", await(condition.hold(() -> "block")));
            await(semaphore.hold(() -> trace.add("void block")));
        });
        trace.is("void block");
    }

    /** A hold in progress is a value like any other: here it goes from one task to another. */
    @Test
    void whatIsHeldCanBeReleasedByAnotherTask() {
        Lock lock = new Lock();
        Runs.virtual(() -> {
            Held held = await(createTask(lock.hold()));
            assertTrue(lock.locked());
            Task<?> waiter = createTask(() -> await(lock.hold(() -> trace.add("waiter"))));
            await(sleep(Duration.ZERO));
            await(createTask(() -> held.close()));
            await(waiter);
        });
        trace.is("waiter");
    }

    @Test
    void oneColdHoldServesAnyNumberOfTimes() {
        Lock lock = new Lock();
        int[] inside = {0};
        Coroutine<Integer> block = lock.hold(() -> {
            int seen = inside[0];
            await(sleep(Duration.ofSeconds(1)));
            inside[0] = seen + 1;
            return inside[0];
        });
        Runs.virtual(() -> assertEquals(List.of(1, 2, 3), await(gather(block, block, block))));
    }

    @Test
    void aBlockInABlockOfAnotherLockAwaitsOnTheSameStack() {
        Lock outer = new Lock();
        Lock inner = new Lock();
        Runs.virtual(() -> {
            Task<?> holder = createTask(() -> await(inner.hold(() -> await(sleep(Duration.ofSeconds(3))))));
            await(sleep(Duration.ZERO));
            String result = await(outer.hold(() -> await(inner.hold(() -> {
                await(sleep(Duration.ofSeconds(1)));
                return outer + " " + inner;
            }))));
            assertEquals("<Lock locked> <Lock locked>", result);
            assertEquals("<Lock unlocked> <Lock unlocked>", outer + " " + inner);
            await(holder);
        });
    }
}
