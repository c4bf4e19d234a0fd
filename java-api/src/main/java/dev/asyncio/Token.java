package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * Remembers what a {@link ContextVar} held before it was set; Python's {@code contextvars.Token}.
 *
 * @param <T> the type of the value
 * @see ContextVar#reset
 */
public interface Token<T extends @Nullable Object> {
    /**
     * The variable that was set; Python's {@code var}.
     *
     * @return the variable
     */
    ContextVar<T> var();

    /**
     * Whether the context had a value for the variable before.
     *
     * @return false if it was unset, the default of the variable not counted
     */
    boolean hasOldValue();

    /**
     * The value before; Python's {@code old_value}.
     *
     * @return the value
     * @throws java.util.NoSuchElementException if the variable was unset
     */
    T oldValue();
}
