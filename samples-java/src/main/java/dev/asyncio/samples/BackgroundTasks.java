package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import dev.asyncio.Task;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Ten tasks in the background: a set holds each until its done-callback drops it.
 *
 * <p>Python needs the set because its loop holds tasks weakly. Here the loop itself keeps a running task alive.
 *
 * <p>Mirrors {@code python/background_tasks.py} among the test resources.
 */
public final class BackgroundTasks {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        Set<Task<Void>> backgroundTasks = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            int seconds = i % 3 + 1;
            Task<Void> task = createTask(() -> work(seconds));
            backgroundTasks.add(task);
            task.addDoneCallback(backgroundTasks::remove);
        }
        System.out.println(backgroundTasks.size() + " tasks are made");
        await(sleep(Duration.ofMillis(1500)));
        System.out.println(backgroundTasks.size() + " are still at work");
        await(sleep(Duration.ofSeconds(2)));
        System.out.println(backgroundTasks.size() + " are left");
    }

    static void work(int seconds) {
        await(sleep(Duration.ofSeconds(seconds)));
    }
}
