package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * What to do with an element of an {@link AsyncIterator}. It may await.
 *
 * @param <T> the type of the elements
 */
@FunctionalInterface
public interface AsyncConsumer<T extends @Nullable Object> {
    /**
     * Deals with an element.
     *
     * @param element the element
     * @throws Exception whatever it fails with; it ends the iteration
     */
    void accept(T element) throws Exception;
}
