package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * A coroutine function with its arguments bound: cold, started afresh each time it is awaited or made a task.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface Coroutine<T extends @Nullable Object> extends Awaitable<T> {
    /**
     * The body. Called by the engine; applications await the coroutine instead.
     *
     * @return the result
     * @throws Exception whatever the body fails with; it reaches the awaiter as it is
     */
    T run() throws Exception;
}
