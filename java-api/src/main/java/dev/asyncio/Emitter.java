package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * How the body of a generator gives its elements; see {@link AsyncIterators#generate}.
 *
 * @param <T> the type of the elements
 */
public interface Emitter<T extends @Nullable Object> {
    /**
     * Gives an element and waits until the next one is wanted; Python's {@code yield}. It suspends without an {@code
     * await}.
     *
     * <p>If the consumer closes the iterator instead, this throws an {@link Error}, as Python throws {@code
     * GeneratorExit}. Let it pass: {@code finally} blocks run, and may await, but not emit.
     *
     * @param element the element
     * @throws IllegalStateException if it is called by anything else than the generator's body while that runs
     */
    void emit(T element);
}
