package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * Elements for which one waits; Python's asynchronous iterator.
 *
 * <pre>{@code
 * while (await(it.advance())) {
 *     use(it.current());
 * }
 * }</pre>
 *
 * @param <T> the type of the elements
 */
public interface AsyncIterator<T extends @Nullable Object> {
    /**
     * Moves to the next element, waiting for it if need be; Python's {@code __anext__}. One at a time: the next call
     * when the former has ended.
     *
     * @return a cold coroutine that gives false at the end
     */
    @CheckReturnValue
    Coroutine<Boolean> advance();

    /**
     * The element that the last {@link #advance()} found.
     *
     * @return the element
     * @throws IllegalStateException before the first {@code advance} and after the end
     */
    T current();
}
