package dev.asyncio.spi;

import org.jspecify.annotations.Nullable;

/** What a context holds for a variable: a value that may be null. A null {@code Lookup} means nothing was set. */
public interface Lookup<T extends @Nullable Object> {
    T value();
}
