package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import dev.asyncio.EventLoop;
import java.time.Duration;

/**
 * Coffee first, then the bagel: one person who watches each until it is ready, 5 s.
 *
 * <p>Mirrors {@code python/breakfast_one_by_one.py} among the test resources.
 */
public final class BreakfastOneByOne {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        EventLoop loop = getRunningLoop();
        Duration start = loop.time();
        String coffee = brewCoffee();
        String bagel = toastBagel();
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
