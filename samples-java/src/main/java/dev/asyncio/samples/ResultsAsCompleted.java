package dev.asyncio.samples;

import static dev.asyncio.Asyncio.asCompleted;
import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.coroutine;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import dev.asyncio.Coroutine;
import java.time.Duration;
import java.util.List;

/**
 * asCompleted gives the results in the order in which they arrive.
 *
 * <p>Mirrors {@code python/results_as_completed.py} among the test resources.
 */
public final class ResultsAsCompleted {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        // @start region="as-completed"
        List<Coroutine<String>> pages = List.of(
                coroutine(() -> fetch("news", 3)),
                coroutine(() -> fetch("weather", 1)),
                coroutine(() -> fetch("sports", 2)));
        for (Coroutine<String> nextPage : asCompleted(pages)) {
            System.out.println(await(nextPage));
        }
        // @end
    }

    static String fetch(String page, int seconds) {
        await(sleep(Duration.ofSeconds(seconds)));
        return page + " after " + seconds + " s";
    }
}
