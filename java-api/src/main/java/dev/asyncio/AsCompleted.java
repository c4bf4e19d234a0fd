package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * What {@link Asyncio#asCompleted} iterates over.
 *
 * @param <T> the type of the results
 */
public interface AsCompleted<T extends @Nullable Object> extends Iterable<Coroutine<T>> {
    /** The futures themselves, in the order in which they complete. */
    AsyncIterator<Future<T>> futures();
}
