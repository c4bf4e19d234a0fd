package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * Something that {@link Asyncio#await(Awaitable)} can wait for: a {@link Coroutine} or a {@link Future}.
 *
 * @param <T> the type of the result
 */
public interface Awaitable<T extends @Nullable Object> {}
