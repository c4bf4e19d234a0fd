package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import java.time.Duration;

/**
 * A coroutine that waits: the second word comes a second after the first.
 *
 * <p>Mirrors {@code python/delayed_hello.py} among the test resources.
 */
public final class DelayedHello {
    // @start region="delayed-hello"
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        System.out.println("Hello ...");
        await(sleep(Duration.ofSeconds(1)));
        System.out.println("... world!");
    }
    // @end
}
