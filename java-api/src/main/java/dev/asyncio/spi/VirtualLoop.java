package dev.asyncio.spi;

import dev.asyncio.EventLoop;
import java.time.Duration;

/** The engine's side of a {@link dev.asyncio.testing.VirtualTimeLoop}. */
public interface VirtualLoop extends EventLoop {
    /**
     * See {@link dev.asyncio.testing.VirtualTimeLoop#advance}.
     *
     * @param duration how far, not negative
     */
    void advance(Duration duration);

    /** See {@link dev.asyncio.testing.VirtualTimeLoop#runUntilIdle()}. */
    void runUntilIdle();
}
