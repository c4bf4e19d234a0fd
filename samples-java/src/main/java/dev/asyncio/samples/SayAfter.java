package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import dev.asyncio.EventLoop;
import java.time.Duration;

/**
 * Two coroutines awaited one after the other take the sum of their times: 3 s.
 *
 * <p>Mirrors {@code python/say_after.py} among the test resources.
 */
public final class SayAfter {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        EventLoop loop = getRunningLoop();
        Duration start = loop.time();
        sayAfter(1, "hello");
        sayAfter(2, "world");
        System.out.println(
                "finished after " + Math.round(loop.time().minus(start).toMillis() / 1000.0) + " s");
    }

    static void sayAfter(int seconds, String what) {
        await(sleep(Duration.ofSeconds(seconds)));
        System.out.println(what);
    }
}
