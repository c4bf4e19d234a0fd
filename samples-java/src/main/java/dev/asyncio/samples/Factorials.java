package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import java.time.Duration;
import java.util.List;

/**
 * Three factorials computed side by side; gather lists the results in the order of its arguments.
 *
 * <p>Mirrors {@code python/factorials.py} among the test resources.
 */
public final class Factorials {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        // @start region="factorials"
        List<Integer> results =
                await(gather(() -> factorial("A", 2), () -> factorial("B", 3), () -> factorial("C", 4)));
        System.out.println(results);
        // @end
    }

    static int factorial(String name, int number) {
        int f = 1;
        for (int i = 2; i <= number; i++) {
            System.out.println("Task " + name + ": Compute factorial(" + number + "), currently i=" + i + "...");
            await(sleep(Duration.ofSeconds(1)));
            f *= i;
        }
        System.out.println("Task " + name + ": factorial(" + number + ") = " + f);
        return f;
    }
}
