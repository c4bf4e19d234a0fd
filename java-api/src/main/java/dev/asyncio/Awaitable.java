package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * Something that {@link Asyncio#await(Awaitable)} waits for: a {@link Coroutine} or a {@link Future}; Python's
 * awaitable.
 *
 * <p>Not to be implemented directly: whatever is neither of the two is refused with an {@link
 * IllegalArgumentException}.
 *
 * @param <T> the type of the result
 */
public interface Awaitable<T extends @Nullable Object> {}
