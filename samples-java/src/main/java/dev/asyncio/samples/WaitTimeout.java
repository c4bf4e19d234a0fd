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
 * wait with a limit of 2 s: it cancels nothing, so what is still pending is ours to cancel.
 *
 * <p>Mirrors {@code python/wait_timeout.py} among the test resources.
 */
public final class WaitTimeout {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        List<Task<String>> tasks = Stream.of(1, 3, 5)
                .map(seconds -> createTask(() -> work(seconds)))
                .collect(Collectors.toList());
        // @start region="wait"
        WaitResult<String> result = await(Asyncio.wait(tasks, Duration.ofSeconds(2)));
        for (Future<String> task : result.done()) {
            System.out.println("done: " + task.result());
        }
        for (Future<String> task : result.pending()) {
            task.cancel();
        }
        System.out.println("cancelled: " + result.pending().size() + " tasks that were not done in time");
        // @end
    }

    static String work(int seconds) {
        await(sleep(Duration.ofSeconds(seconds)));
        return "work of " + seconds + " s";
    }
}
