package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import dev.asyncio.Task;
import java.time.Duration;

/**
 * Who runs when: main and a task hand the loop to each other around a sleep.
 *
 * <p>Mirrors {@code python/order_of_steps.py} among the test resources.
 */
public final class OrderOfSteps {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        System.out.println("main: begins"); // 1. the loop runs main first
        Task<Void> task = createTask(() -> worker()); // 2. the task is queued, nothing of it has run
        await(task); // 3. main gives the loop away until the task is done
        System.out.println("main: ends"); // 9. main goes on, and with its end the program stops
    }

    static void worker() {
        System.out.println("worker: begins"); // 4. its turn has come
        await(sleep(Duration.ofSeconds(2))); // 5. gives the loop back; 6. the loop waits, nothing else is ready
        System.out.println("worker: ends"); // 7. two seconds later it goes on; 8. its end makes main ready
    }
}
