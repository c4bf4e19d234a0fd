package dev.asyncio;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which futures are done and which are not; the pair of sets that asyncio's {@code wait} gives.
 *
 * <p>In the order of the arguments. A coroutine is represented by the task that runs it.
 *
 * @param <T> the type of the results
 * @see Asyncio#wait(Collection)
 */
public final class WaitResult<T extends @Nullable Object> {
    private final Set<Future<T>> done;
    private final Set<Future<T>> pending;

    /**
     * Copies both collections; for engines and test doubles.
     *
     * @param done the futures that are done
     * @param pending the others
     */
    public WaitResult(Collection<? extends Future<T>> done, Collection<? extends Future<T>> pending) {
        this.done = Collections.unmodifiableSet(new LinkedHashSet<>(done));
        this.pending = Collections.unmodifiableSet(new LinkedHashSet<>(pending));
    }

    /**
     * The futures that have a result, an exception or a cancellation.
     *
     * @return an unmodifiable set
     */
    public Set<Future<T>> done() {
        return done;
    }

    /**
     * The futures that were not done when the wait ended; they were not cancelled.
     *
     * @return an unmodifiable set
     */
    public Set<Future<T>> pending() {
        return pending;
    }

    @Override
    public String toString() {
        return "WaitResult[done=" + done + ", pending=" + pending + "]";
    }
}
