package dev.asyncio.benchmarks;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import dev.asyncio.Coroutine;
import dev.asyncio.Task;
import dev.asyncio.queues.Queue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The workloads as straight-line Java code. */
final class JavaBodies {
    private static final Object ITEM = new Object();

    private JavaBodies() {}

    static Coroutine<?> switching(int tasks, int times) {
        return Asyncio.coroutine(() -> {
            List<Task<Void>> all = new ArrayList<>(tasks);
            for (int i = 0; i < tasks; i++) {
                all.add(createTask(() -> {
                    for (int k = 0; k < times; k++) {
                        await(sleep(Duration.ZERO));
                    }
                }));
            }
            await(gather(all));
        });
    }

    static Coroutine<?> spawning(int batch, int batches) {
        return Asyncio.coroutine(() -> {
            for (int i = 0; i < batches; i++) {
                List<Task<Integer>> all = new ArrayList<>(batch);
                for (int k = 0; k < batch; k++) {
                    all.add(createTask(() -> 1));
                }
                await(gather(all));
            }
        });
    }

    static Coroutine<?> pingPong(int times) {
        return Asyncio.coroutine(() -> {
            Queue<Object> there = new Queue<>(1);
            Queue<Object> back = new Queue<>(1);
            Task<Void> echo = createTask(() -> {
                for (int i = 0; i < times; i++) {
                    await(back.put(await(there.get())));
                }
            });
            for (int i = 0; i < times; i++) {
                await(there.put(ITEM));
                await(back.get());
            }
            await(echo);
        });
    }
}
