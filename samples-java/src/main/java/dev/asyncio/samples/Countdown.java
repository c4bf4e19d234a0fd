package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import java.time.Duration;

/**
 * A coroutine that counts down, one number a second.
 *
 * <p>Mirrors {@code python/countdown.py} among the test resources.
 */
public final class Countdown {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        countdown("A", 4);
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
