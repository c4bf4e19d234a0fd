package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import dev.asyncio.Future;
import dev.asyncio.Task;
import dev.asyncio.WaitResult;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * wait gives two sets, what is done and what is pending, and raises nothing of what failed.
 *
 * <p>Mirrors {@code python/wait_all.py} among the test resources.
 */
public final class WaitAll {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        List<Task<Integer>> tasks = Stream.of(3, 1, 4, 2)
                .map(number -> createTask(() -> square(number)))
                .collect(Collectors.toList());
        WaitResult<Integer> result = await(Asyncio.wait(tasks));
        System.out.println(result.done().size() + " done, " + result.pending().size() + " pending");
        int sum = result.done().stream().mapToInt(Future::result).sum();
        System.out.println("sum of squares: " + sum);
    }

    static int square(int number) {
        await(sleep(Duration.ofSeconds(number)));
        System.out.println("square of " + number + " is ready");
        return number * number;
    }
}
