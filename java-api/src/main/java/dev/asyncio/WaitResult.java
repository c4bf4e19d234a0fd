package dev.asyncio;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Asyncio#wait(Collection)} found: the futures that are done and those that are not.
 *
 * @param <T> the type of the results
 */
public final class WaitResult<T extends @Nullable Object> {
    private final Set<Future<T>> done;
    private final Set<Future<T>> pending;

    /** Copies both collections, keeping their order. */
    public WaitResult(Collection<? extends Future<T>> done, Collection<? extends Future<T>> pending) {
        this.done = Collections.unmodifiableSet(new LinkedHashSet<>(done));
        this.pending = Collections.unmodifiableSet(new LinkedHashSet<>(pending));
    }

    public Set<Future<T>> done() {
        return done;
    }

    public Set<Future<T>> pending() {
        return pending;
    }

    @Override
    public String toString() {
        return "WaitResult[done=" + done + ", pending=" + pending + "]";
    }
}
