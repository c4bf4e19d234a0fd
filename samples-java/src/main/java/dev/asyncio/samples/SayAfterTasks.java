package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import dev.asyncio.EventLoop;
import dev.asyncio.Task;
import java.time.Duration;

/**
 * The same two coroutines as tasks run at the same time: 2 s, the longer of the two.
 *
 * <p>Mirrors {@code python/say_after_tasks.py} among the test resources.
 */
public final class SayAfterTasks {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        EventLoop loop = getRunningLoop();
        Duration start = loop.time();
        Task<Void> hello = createTask(() -> sayAfter(1, "hello"));
        Task<Void> world = createTask(() -> sayAfter(2, "world"));
        await(hello);
        await(world);
        System.out.println(
                "finished after " + Math.round(loop.time().minus(start).toMillis() / 1000.0) + " s");
    }

    static void sayAfter(int seconds, String what) {
        await(sleep(Duration.ofSeconds(seconds)));
        System.out.println(what);
    }
}
