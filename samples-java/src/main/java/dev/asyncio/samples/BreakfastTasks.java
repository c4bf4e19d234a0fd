package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import dev.asyncio.EventLoop;
import dev.asyncio.Task;
import java.time.Duration;

/**
 * Coffee and bagel as two tasks: both are begun before either is waited for, 3 s.
 *
 * <p>Mirrors {@code python/breakfast_tasks.py} among the test resources.
 */
public final class BreakfastTasks {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        EventLoop loop = getRunningLoop();
        Duration start = loop.time();
        Task<String> coffeeTask = createTask(() -> brewCoffee());
        Task<String> bagelTask = createTask(() -> toastBagel());
        String coffee = await(coffeeTask);
        String bagel = await(bagelTask);
        long seconds = Math.round(loop.time().minus(start).toMillis() / 1000.0);
        System.out.println("breakfast is " + coffee + " and " + bagel + ", after " + seconds + " s");
    }

    static String brewCoffee() {
        System.out.println("coffee: brewing");
        await(sleep(Duration.ofSeconds(3)));
        System.out.println("coffee: done");
        return "a cup of coffee";
    }

    static String toastBagel() {
        System.out.println("bagel: toasting");
        await(sleep(Duration.ofSeconds(2)));
        System.out.println("bagel: done");
        return "a toasted bagel";
    }
}
