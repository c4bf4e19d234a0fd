package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.getEventLoop;
import static dev.asyncio.Asyncio.newEventLoop;
import static dev.asyncio.Asyncio.setEventLoop;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.EventLoop;
import java.time.Duration;

/**
 * A loop made, run and closed by hand: what {@code Asyncio.run} does for you.
 *
 * <p>Mirrors {@code python/manual_loop.py} among the test resources.
 */
public final class ManualLoop {
    public static void main(String[] args) {
        setEventLoop(newEventLoop());
        EventLoop loop = getEventLoop();
        System.out.println("before: the loop is " + state(loop));
        System.out.println("result: " + loop.runUntilComplete(() -> greet()));
        System.out.println("after: the loop is " + state(loop));
        loop.close();
        System.out.println("at last: the loop is " + state(loop));
    }

    static String greet() {
        System.out.println("greet: the loop is " + state(getEventLoop()));
        await(sleep(Duration.ofSeconds(1)));
        return "hello";
    }

    static String state(EventLoop loop) {
        if (loop.isClosed()) {
            return "closed";
        }
        return loop.isRunning() ? "running" : "not running";
    }
}
