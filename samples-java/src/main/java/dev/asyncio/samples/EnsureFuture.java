package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.ensureFuture;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import dev.asyncio.Future;
import java.time.Duration;

/**
 * ensureFuture makes a task of a coroutine and hands a future back as it is.
 *
 * <p>Mirrors {@code python/ensure_future.py} among the test resources.
 */
public final class EnsureFuture {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        Future<Integer> future = ensureFuture(() -> compute());
        Future<Integer> again = ensureFuture(future);
        System.out.println(again == future ? "one and the same future" : "two futures");
        System.out.println("result: " + await(future));
    }

    static int compute() {
        await(sleep(Duration.ofSeconds(1)));
        return 42;
    }
}
