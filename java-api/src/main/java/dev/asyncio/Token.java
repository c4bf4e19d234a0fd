package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * Remembers what a {@link ContextVar} held before it was set; Python's {@code contextvars.Token}.
 *
 * @param <T> the type of the value
 */
public interface Token<T extends @Nullable Object> {
    /** The variable that was set. */
    ContextVar<T> var();

    /** Whether the variable had a value of its own in the context before it was set. */
    boolean hasOldValue();

    /**
     * The value before, not counting the variable's default.
     *
     * @throws java.util.NoSuchElementException if there was none
     */
    T oldValue();
}
