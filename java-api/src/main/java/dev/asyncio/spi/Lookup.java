package dev.asyncio.spi;

import org.jspecify.annotations.Nullable;

/**
 * What a context holds for a variable: a value that may be null. A null {@code Lookup} means nothing was set.
 *
 * @param <T> the type of the value
 */
public interface Lookup<T extends @Nullable Object> {
    /**
     * The value.
     *
     * @return the value
     */
    T value();
}
