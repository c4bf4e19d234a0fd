package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import dev.asyncio.Task;
import java.time.Duration;
import java.util.List;

/**
 * Two countdowns that nobody awaits: when main returns, run cancels what is left.
 *
 * <p>Mirrors {@code python/countdown_cut_off.py} among the test resources.
 */
public final class CountdownCutOff {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        List<Task<Void>> tasks = List.of(createTask(() -> countdown("A", 3)), createTask(() -> countdown("B", 2)));
        System.out.println("main: " + tasks.size() + " tasks are made, neither has begun");
        await(sleep(Duration.ofMillis(1500)));
        System.out.println("main: leaves, and nobody reaches lift-off");
    }

    static void countdown(String name, int n) {
        while (n > 0) {
            System.out.println(name + ": " + n);
            await(sleep(Duration.ofSeconds(1)));
            n--;
        }
        System.out.println(name + ": lift-off");
    }
}
