package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import java.time.Duration;

/**
 * A task that returns a value: made and awaited in one statement.
 *
 * <p>Mirrors {@code python/return_value.py} among the test resources.
 */
public final class ReturnValue {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        int price = await(createTask(() -> fetchPrice("bagel")));
        System.out.println("a bagel costs " + price + " cents");
    }

    static int fetchPrice(String item) {
        await(sleep(Duration.ofSeconds(1)));
        return item.length() * 10;
    }
}
