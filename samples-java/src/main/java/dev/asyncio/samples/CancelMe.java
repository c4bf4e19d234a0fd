package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.Task;
import java.time.Duration;

/**
 * Cancels a task in mid-flight: it sees the cancellation at its await, cleans up and lets it go on.
 *
 * <p>Mirrors {@code python/cancel_me.py} among the test resources.
 */
public final class CancelMe {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        Task<Void> task = createTask(() -> cancelMe());
        await(sleep(Duration.ofSeconds(1)));
        task.cancel();
        try {
            await(task);
        } catch (CancelledError e) {
            System.out.println("main(): cancel_me is cancelled now");
        }
    }

    static void cancelMe() {
        System.out.println("cancel_me(): before sleep");
        try {
            await(sleep(Duration.ofHours(1)));
        } catch (CancelledError e) {
            System.out.println("cancel_me(): cancel sleep");
            throw e;
        } finally {
            System.out.println("cancel_me(): after sleep");
        }
    }
}
