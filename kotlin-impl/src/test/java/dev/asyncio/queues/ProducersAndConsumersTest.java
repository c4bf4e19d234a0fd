package dev.asyncio.queues;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.EventLoop;
import dev.asyncio.QueueShutDownException;
import dev.asyncio.Task;
import dev.asyncio.TaskGroup;
import dev.asyncio.support.Runs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Queues as programs use them. */
class ProducersAndConsumersTest {
    @Test
    void workersAreCancelledWhenAllWorkIsDone() {
        Queue<Integer> queue = new Queue<>();
        List<Integer> done = new ArrayList<>();
        Runs.virtual(() -> {
            for (int i = 0; i < 20; i++) {
                queue.putNowait(i);
            }
            List<Task<?>> workers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                workers.add(createTask(() -> {
                    while (true) {
                        Integer item = await(queue.get());
                        await(sleep(Duration.ofMillis(100)));
                        done.add(item);
                        queue.taskDone();
                    }
                }));
            }
            await(queue.join());
            for (Task<?> worker : workers) {
                worker.cancel();
                assertThrows(CancelledError.class, () -> await(worker));
            }
            assertEquals(Duration.ofMillis(700), Asyncio.getRunningLoop().time());
        });
        assertEquals(20, done.size());
    }

    @Test
    void everyItemArrivesOnceThroughManyHands() {
        Queue<Integer> queue = new Queue<>(3);
        List<Integer> taken = new ArrayList<>();
        Runs.virtual(() -> await(Asyncio.taskGroup(group -> {
            int producers = 4;
            int[] running = {producers};
            for (int p = 0; p < producers; p++) {
                int first = p * 100;
                group.createTask(() -> {
                    for (int i = 0; i < 100; i++) {
                        await(queue.put(first + i));
                    }
                    if (--running[0] == 0) {
                        queue.shutdown();
                    }
                });
            }
            for (int c = 0; c < 3; c++) {
                group.createTask(() -> takeAll(queue, taken));
            }
        })));
        Collections.sort(taken);
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            all.add(i);
        }
        assertEquals(all, taken);
    }

    private static void takeAll(Queue<Integer> queue, List<Integer> taken) {
        try {
            while (true) {
                taken.add(await(queue.get()));
            }
        } catch (QueueShutDownException e) {
            assertTrue(queue.empty());
        }
    }

    @Test
    void itemsComeFromOtherThreadsThroughTheLoop() {
        Queue<Integer> queue = new Queue<>();
        Runs.virtual(() -> {
            EventLoop loop = Asyncio.getRunningLoop();
            Task<Integer> getter = createTask(queue.get());
            await(sleep(Duration.ZERO));
            await(Asyncio.toThread(() -> {
                loop.callSoonThreadsafe(() -> queue.putNowait(7));
            }));
            assertEquals(7, await(getter));
        });
    }

    @Test
    void aGroupThatFailsFreesWhoeverWaits() {
        Queue<Integer> queue = new Queue<>(1);
        Runs.virtual(() -> {
            TaskGroup group = new TaskGroup();
            assertThrows(
                    dev.asyncio.ExceptionGroup.class,
                    () -> await(group.enter(() -> {
                        for (int i = 0; i < 3; i++) {
                            group.createTask(queue.put(i));
                        }
                        group.createTask(() -> {
                            await(sleep(Duration.ofSeconds(1)));
                            throw new IllegalArgumentException("bad");
                        });
                    })));
            assertEquals("<Queue size=1, maxsize=1, unfinished=1>", queue.toString());
        });
    }
}
