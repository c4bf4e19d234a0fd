package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import java.time.Duration;

/**
 * Two countdowns awaited together.
 *
 * <p>Mirrors {@code python/countdown_gather.py} among the test resources.
 */
public final class CountdownGather {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        await(gather(() -> countdown("A", 4), () -> countdown("B", 3)));
        System.out.println("main: both are done");
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
