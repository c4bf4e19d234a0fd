package dev.asyncio.samples;

import static dev.asyncio.Asyncio.newEventLoop;

import dev.asyncio.EventLoop;
import java.time.Duration;

/**
 * runForever serves callbacks, without any coroutine, until somebody calls stop.
 *
 * <p>Mirrors {@code python/run_forever.py} among the test resources.
 */
public final class RunForever {
    public static void main(String[] args) {
        EventLoop loop = newEventLoop();
        loop.callSoon(() -> tick(loop, 1));
        loop.runForever();
        System.out.println("stopped");
        loop.close();
    }

    static void tick(EventLoop loop, int count) {
        System.out.println("tick " + count);
        if (count < 3) {
            loop.callLater(Duration.ofSeconds(1), () -> tick(loop, count + 1));
        } else {
            loop.stop();
        }
    }
}
