package dev.asyncio.benchmarks;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.waitFor;

import dev.asyncio.Asyncio;
import dev.asyncio.Coroutine;
import dev.asyncio.Future;
import dev.asyncio.Task;
import dev.asyncio.queues.Queue;
import dev.asyncio.sync.Held;
import dev.asyncio.sync.Lock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The workloads as straight-line Java code. */
final class JavaBodies {
    private static final Object ITEM = new Object();
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

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

    static Coroutine<?> sleeping(int tasks) {
        return Asyncio.coroutine(() -> {
            List<Task<Void>> all = new ArrayList<>(tasks);
            for (int i = 0; i < tasks; i++) {
                Duration delay = Duration.ofNanos(Timers.delayOf(i) * 1_000L);
                all.add(createTask(() -> await(sleep(delay))));
            }
            await(gather(all));
        });
    }

    static Coroutine<?> calledFromAThread(int calls) {
        return Asyncio.coroutine(() -> await(Threadsafe.callsFromAThread(getRunningLoop(), calls)));
    }

    static Coroutine<?> limiting(int times) {
        return Asyncio.coroutine(() -> {
            for (int i = 0; i < times; i++) {
                await(waitFor(sleep(Duration.ZERO), TEN_SECONDS));
            }
        });
    }

    static Coroutine<?> yielding(int times) {
        return Asyncio.coroutine(() -> {
            for (int i = 0; i < times; i++) {
                await(sleep(Duration.ZERO));
            }
        });
    }

    static Coroutine<?> waiting(Future<?> gate) {
        return Asyncio.coroutine(() -> {
            await(gate);
        });
    }

    static Coroutine<?> nothing() {
        return Asyncio.coroutine(() -> 1);
    }

    static Coroutine<?> handingOver(int tasks, int times) {
        return Asyncio.coroutine(() -> {
            Lock lock = new Lock();
            List<Task<Void>> all = new ArrayList<>(tasks);
            for (int i = 0; i < tasks; i++) {
                all.add(createTask(() -> {
                    for (int k = 0; k < times; k++) {
                        try (Held held = await(lock.hold())) {
                            await(sleep(Duration.ZERO));
                        }
                    }
                }));
            }
            await(gather(all));
        });
    }

    static Coroutine<?> lockingAlone(int times) {
        return Asyncio.coroutine(() -> {
            Lock lock = new Lock();
            for (int i = 0; i < times; i++) {
                await(lock.acquire());
                lock.release();
            }
        });
    }

    static Coroutine<?> puttingAndGetting(int times) {
        return Asyncio.coroutine(() -> {
            Queue<Object> queue = new Queue<>(1);
            for (int i = 0; i < times; i++) {
                await(queue.put(ITEM));
                await(queue.get());
            }
        });
    }
}
