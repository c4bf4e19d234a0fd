package dev.asyncio;

import java.util.Collection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The results of several awaitables in the order in which they come; what asyncio's {@code as_completed} gives.
 *
 * <p>It can be iterated in two ways, which share one position: each result is given once, and an iteration that was
 * left can be taken up again.
 *
 * @param <T> the type of the results
 * @see Asyncio#asCompleted(Collection)
 */
public interface AsCompleted<T extends @Nullable Object> extends Iterable<Coroutine<T>> {
    /**
     * As many coroutines as there are awaitables. Each gives the next result, or throws its exception, whichever
     * awaitable it comes from; where the time is up, {@link TimeoutException}. Each can be awaited once: a second time
     * it throws {@link IllegalStateException}.
     *
     * @return the iterator, which does not wait: the coroutines do
     */
    @Override
    Iterator<Coroutine<T>> iterator();

    /**
     * The futures themselves as they get done, so that one can tell them apart: those that were given, and for
     * coroutines the tasks that run them.
     *
     * @return an iterator whose {@code advance} throws {@link TimeoutException} where the time is up
     */
    AsyncIterator<Future<T>> futures();
}
