package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * Which elements of an {@link AsyncIterator} stay. It may await.
 *
 * @param <T> the type of the elements
 */
@FunctionalInterface
public interface AsyncPredicate<T extends @Nullable Object> {
    /**
     * Says whether an element stays.
     *
     * @param element the element
     * @return whether it does
     * @throws Exception whatever it fails with; it ends the iteration
     */
    boolean test(T element) throws Exception;
}
