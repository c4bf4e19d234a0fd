package dev.asyncio;

import dev.asyncio.spi.Engine;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Elements for which one waits; Python's asynchronous iterator.
 *
 * <pre>{@code
 * await(lines.filter(line -> !line.isEmpty()).take(10).forEach(line -> await(send(line))));
 * }</pre>
 *
 * <p>{@link #forEach}, {@link #toList} and whatever follows {@link #map}, {@link #filter} and {@link #take} close the
 * iterator when they end, also by an exception or a cancellation. Who advances it by hand closes it by hand:
 *
 * <pre>{@code
 * try {
 *     while (await(lines.advance())) {
 *         use(lines.current());
 *     }
 * } finally {
 *     await(lines.close());
 * }
 * }</pre>
 *
 * <p>An iteration is one pass: an iterator, and all that was made from it by {@code map} and the like, share one
 * position. <b>Thread:</b> the loop's. Where one is needed and there is none, see {@link AsyncIterators}.
 *
 * @param <T> the type of the elements
 */
public interface AsyncIterator<T extends @Nullable Object> {
    /**
     * Moves to the next element, waiting for it if need be; Python's {@code __anext__}. One at a time: the next call
     * when the former has ended.
     *
     * @return a cold coroutine that gives false at the end, and throws whatever the source of the elements fails with
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

    /**
     * Ends the iteration before its end, and lets the source of the elements clean up; Python's {@code aclose}. Does
     * nothing where it has ended, or where there is nothing to clean up.
     *
     * @return a cold coroutine that throws what the clean-up fails with
     */
    @CheckReturnValue
    default Coroutine<@Nullable Void> close() {
        return Engine.get().iteration().nothing();
    }

    /**
     * Calls an action with each element, then closes this iterator; Python's {@code async for}.
     *
     * @param action what to do with an element; it may await
     * @return a cold coroutine that throws what the action or the source fails with
     */
    @CheckReturnValue
    default Coroutine<@Nullable Void> forEach(AsyncConsumer<? super T> action) {
        Objects.requireNonNull(action, "action");
        return AsyncOperators.forEach(this, action);
    }

    /**
     * The results of a function of the elements.
     *
     * @param function makes one element from another; it may await
     * @param <R> the type of the results
     * @return an iterator that advances this one
     */
    @CheckReturnValue
    default <R extends @Nullable Object> AsyncIterator<R> map(AsyncFunction<? super T, ? extends R> function) {
        Objects.requireNonNull(function, "function");
        return new AsyncOperators.Mapped<>(this, function);
    }

    /**
     * The elements for which a predicate holds.
     *
     * @param predicate says which elements stay; it may await
     * @return an iterator that advances this one
     */
    @CheckReturnValue
    default AsyncIterator<T> filter(AsyncPredicate<? super T> predicate) {
        Objects.requireNonNull(predicate, "predicate");
        return new AsyncOperators.Filtered<>(this, predicate);
    }

    /**
     * The first elements. When there are no more to come, this iterator is closed; it is not asked for one too many.
     *
     * @param count how many at most
     * @return an iterator that advances this one
     * @throws IllegalArgumentException if the count is negative
     */
    @CheckReturnValue
    default AsyncIterator<T> take(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("cannot take " + count + " elements");
        }
        return Engine.get().iteration().take(this, count);
    }

    /**
     * All elements, as a list that cannot be changed. Closes this iterator.
     *
     * @return a cold coroutine
     */
    @CheckReturnValue
    default Coroutine<List<T>> toList() {
        return Engine.get().iteration().toList(this);
    }
}
