package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import dev.asyncio.Task;
import java.time.Duration;

/**
 * Looks at a task now and then instead of awaiting it; once done() is true, result() gives its value.
 *
 * <p>Mirrors {@code python/poll_done.py} among the test resources.
 */
public final class PollDone {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        Task<String> task = createTask(() -> compute());
        while (!task.done()) {
            System.out.println("not done yet");
            await(sleep(Duration.ofSeconds(1)));
        }
        System.out.println("done: " + task.result());
    }

    static String compute() {
        await(sleep(Duration.ofMillis(2500)));
        return "the answer";
    }
}
