package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * A coroutine function with its arguments bound; what calling an {@code async def} function gives in Python.
 *
 * <p>Cold: nothing happens until it is awaited or made a task. Unlike Python's, it can be awaited again, and each await
 * and each task runs it afresh. Any lambda or method reference without parameters will do.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface Coroutine<T extends @Nullable Object> extends Awaitable<T> {
    /**
     * The body. The engine calls it; to run a coroutine from another one, {@linkplain Asyncio#await(Coroutine) await}
     * it.
     *
     * @return the result
     * @throws Exception whatever the body fails with; it reaches the one who awaits as it is
     */
    T run() throws Exception;
}
