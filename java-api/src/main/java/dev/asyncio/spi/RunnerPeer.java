package dev.asyncio.spi;

import dev.asyncio.Context;
import dev.asyncio.Coroutine;
import dev.asyncio.EventLoop;
import org.jspecify.annotations.Nullable;

/** The engine's side of a {@link dev.asyncio.Runner}. */
public interface RunnerPeer {
    /**
     * See {@link dev.asyncio.Runner#run(Coroutine, Context)}.
     *
     * @param main the body
     * @param context runs it, as it is; null for that of the runner
     * @param <T> the type of the result
     * @return its result
     */
    <T extends @Nullable Object> T run(Coroutine<T> main, @Nullable Context context);

    /**
     * See {@link dev.asyncio.Runner#getLoop()}.
     *
     * @return the loop
     */
    EventLoop getLoop();

    /** See {@link dev.asyncio.Runner#close()}. */
    void close();
}
