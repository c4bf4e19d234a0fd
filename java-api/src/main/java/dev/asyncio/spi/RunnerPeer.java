package dev.asyncio.spi;

import dev.asyncio.Context;
import dev.asyncio.Coroutine;
import dev.asyncio.EventLoop;
import org.jspecify.annotations.Nullable;

/** The engine's side of a {@link dev.asyncio.Runner}. */
public interface RunnerPeer {
    <T extends @Nullable Object> T run(Coroutine<T> main, @Nullable Context context);

    EventLoop getLoop();

    void close();
}
