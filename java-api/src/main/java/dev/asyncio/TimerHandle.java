package dev.asyncio;

import java.time.Duration;

/**
 * A callback that a loop is to run at some time; asyncio's {@code TimerHandle}.
 *
 * @see EventLoop#callLater(Duration, Runnable)
 * @see EventLoop#callAt(Duration, Runnable)
 */
public interface TimerHandle extends Handle {
    /**
     * When the callback is due; asyncio's {@code when}.
     *
     * @return a time of the loop's clock, see {@link EventLoop#time()}
     */
    Duration when();
}
