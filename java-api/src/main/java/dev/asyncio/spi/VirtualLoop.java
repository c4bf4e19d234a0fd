package dev.asyncio.spi;

import dev.asyncio.EventLoop;
import java.time.Duration;

/** The engine's side of a {@link dev.asyncio.testing.VirtualTimeLoop}. */
public interface VirtualLoop extends EventLoop {
    void advance(Duration duration);

    void runUntilIdle();
}
