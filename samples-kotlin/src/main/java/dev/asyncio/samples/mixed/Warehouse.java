package dev.asyncio.samples.mixed;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Coroutine;
import dev.asyncio.sync.Lock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A Java library of coroutines. It knows nothing of Kotlin. */
public final class Warehouse {
    private final Lock door = new Lock();
    private final Map<String, Integer> stock = new HashMap<>(Map.of("tea", 1, "cake", 5));

    /** How many there are. */
    public Coroutine<Integer> stock(String item) {
        return () -> {
            await(sleep(Duration.ofSeconds(1)));
            return stock.getOrDefault(item, 0);
        };
    }

    /** Takes one, whoever comes first; false if there is none left. */
    public Coroutine<Boolean> take(String item) {
        return door.hold(() -> {
            int left = stock.getOrDefault(item, 0);
            await(sleep(Duration.ofSeconds(1)));
            stock.put(item, Math.max(left - 1, 0));
            return left > 0;
        });
    }
}
