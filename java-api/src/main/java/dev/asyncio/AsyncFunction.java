package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * What makes one element of an {@link AsyncIterator} from another. It may await.
 *
 * @param <T> the type of the elements it is given
 * @param <R> the type of the elements it makes
 */
@FunctionalInterface
public interface AsyncFunction<T extends @Nullable Object, R extends @Nullable Object> {
    /**
     * Makes an element.
     *
     * @param element the other one
     * @return the element
     * @throws Exception whatever it fails with; it ends the iteration
     */
    R apply(T element) throws Exception;
}
