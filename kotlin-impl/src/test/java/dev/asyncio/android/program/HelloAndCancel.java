package dev.asyncio.android.program;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.toThread;
import static dev.asyncio.Asyncio.waitFor;

import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.EventLoop;
import dev.asyncio.Task;
import dev.asyncio.TimeoutException;
import dev.asyncio.VoidCoroutine;
import dev.asyncio.queues.Queue;
import dev.asyncio.sync.Lock;
import java.time.Duration;

/** What an app does with the SDK, to be run as a shrinker has left it. */
public final class HelloAndCancel {
    private HelloAndCancel() {}

    public static void main(String[] args) {
        Asyncio.run((VoidCoroutine) HelloAndCancel::main);
    }

    private static void main() {
        System.out.println(await(gather(() -> hello("Java"), KotlinBodies.hello("Kotlin"))));

        cancel("Java", createTask(() -> {
            await(sleep(Duration.ofHours(1)));
        }));
        cancel("Kotlin", createTask(KotlinBodies.endless()));

        try {
            await(waitFor(() -> await(Asyncio.getRunningLoop().createFuture()), Duration.ofMillis(1)));
        } catch (TimeoutException e) {
            System.out.println("timeout");
        }

        // These look fields up by their names: a lock's loop, and the jobs that a loop has in its executor.
        Lock lock = new Lock();
        System.out.println(await(lock.hold(() -> toThread(() -> "job").run())));

        Queue<String> queue = new Queue<>(1);
        Task<String> consumer = createTask(() -> await(queue.get()));
        await(queue.put("queue"));
        System.out.println(await(consumer));

        System.out.println(await(KotlinBodies.kotlinx()));

        EventLoop loop = Asyncio.getRunningLoop();
        signals("add", () -> loop.addSignalHandler("INT", () -> {}));
        signals("remove", () -> loop.removeSignalHandler("INT"));
    }

    private static void signals(String what, Runnable action) {
        try {
            action.run();
            System.out.println(what + " signal handler");
        } catch (UnsupportedOperationException e) {
            System.out.println(e.getMessage());
        }
    }

    private static String hello(String name) {
        await(sleep(Duration.ofMillis(1)));
        return "hello " + name;
    }

    private static void cancel(String name, Task<?> task) {
        await(sleep(Duration.ZERO));
        task.cancel("no more");
        try {
            await(task);
        } catch (CancelledError e) {
            System.out.println(name + " cancelled: " + e.getMessage());
        }
    }
}
