package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import java.time.Duration;

/**
 * Coroutines in a chain: the second step needs what the first one found.
 *
 * <p>Mirrors {@code python/chaining.py} among the test resources.
 */
public final class Chaining {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        System.out.println(lookUp("Ada"));
    }

    static String lookUp(String name) {
        int userId = findUser(name);
        int orders = countOrders(userId);
        return name + " has " + orders + " orders";
    }

    static int findUser(String name) {
        System.out.println("step 1: who is " + name + "?");
        await(sleep(Duration.ofSeconds(1)));
        return 42;
    }

    static int countOrders(int userId) {
        System.out.println("step 2: what did user " + userId + " order?");
        await(sleep(Duration.ofSeconds(1)));
        return 3;
    }
}
