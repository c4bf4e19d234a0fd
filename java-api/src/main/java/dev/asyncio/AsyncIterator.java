package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * Elements that are waited for one by one; asyncio's asynchronous iterator.
 *
 * @param <T> the type of the elements
 */
public interface AsyncIterator<T extends @Nullable Object> {
    /** Moves to the next element; false at the end. */
    @CheckReturnValue
    Coroutine<Boolean> advance();

    /** The element that the last {@link #advance()} moved to. */
    T current();
}
