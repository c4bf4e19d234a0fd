package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.coroutine;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import dev.asyncio.Coroutine;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * gather over a list: one coroutine an item, results in the order of the items.
 *
 * <p>Mirrors {@code python/gather_items.py} among the test resources.
 */
public final class GatherItems {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        List<String> items = List.of("bagel", "tea", "coffee");
        List<Coroutine<Integer>> searches =
                items.stream().map(item -> coroutine(() -> priceOf(item))).collect(Collectors.toList());
        List<Integer> prices = await(gather(searches));
        for (int i = 0; i < items.size(); i++) {
            System.out.println(items.get(i) + ": " + prices.get(i) + " cents");
        }
    }

    static int priceOf(String item) {
        await(sleep(Duration.ofSeconds(item.length())));
        System.out.println(item + ": found");
        return item.length() * 10;
    }
}
