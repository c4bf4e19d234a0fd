package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.newEventLoop;
import static dev.asyncio.Asyncio.runCoroutineThreadsafe;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.EventLoop;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A loop in a thread of its own; the main thread hands it a coroutine and blocks for the result.
 *
 * <p>Mirrors {@code python/run_coroutine_threadsafe.py} among the test resources.
 */
public final class RunCoroutineThreadsafe {
    public static void main(String[] args) throws Exception {
        // @start region="run-coroutine-threadsafe"
        EventLoop loop = newEventLoop();
        Thread thread = new Thread(loop::runForever);
        thread.start();

        Future<Integer> future = runCoroutineThreadsafe(() -> add(1, 2), loop);
        System.out.println("main thread: blocks for at most 5 s");
        System.out.println("main thread: 1 + 2 = " + future.get(5, TimeUnit.SECONDS));

        loop.callSoonThreadsafe(loop::stop);
        thread.join();
        loop.close();
        // @end
    }

    static int add(int a, int b) {
        await(sleep(Duration.ofSeconds(1)));
        return a + b;
    }
}
