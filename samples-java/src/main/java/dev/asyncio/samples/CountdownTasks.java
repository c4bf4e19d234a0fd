package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import dev.asyncio.Task;
import java.time.Duration;

/**
 * Two countdowns side by side, and main that speaks in between.
 *
 * <p>Mirrors {@code python/countdown_tasks.py} among the test resources.
 */
public final class CountdownTasks {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    // @start region="tasks"
    static void main() {
        Task<Void> a = createTask(() -> countdown("A", 3));
        Task<Void> b = createTask(() -> countdown("B", 2));
        System.out.println("main: two tasks are made, neither has begun");
        await(sleep(Duration.ofMillis(500)));
        System.out.println("main: both are counting");
        await(a);
        System.out.println("main: A is done");
        await(b);
        System.out.println("main: B had been done before");
    }
    // @end

    static void countdown(String name, int n) {
        while (n > 0) {
            System.out.println(name + ": " + n);
            await(sleep(Duration.ofSeconds(1)));
            n--;
        }
        System.out.println(name + ": lift-off");
    }
}
