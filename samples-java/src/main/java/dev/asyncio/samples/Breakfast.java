package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import dev.asyncio.EventLoop;
import java.time.Duration;
import java.util.List;

/**
 * Coffee and bagel together by gather, which gives both results in the order asked for: 3 s.
 *
 * <p>Mirrors {@code python/breakfast.py} among the test resources.
 */
public final class Breakfast {
    // @start region="breakfast"
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        EventLoop loop = getRunningLoop();
        Duration start = loop.time();
        List<String> breakfast = await(gather(() -> brewCoffee(), () -> toastBagel()));
        String coffee = breakfast.get(0);
        String bagel = breakfast.get(1);
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
    // @end
}
