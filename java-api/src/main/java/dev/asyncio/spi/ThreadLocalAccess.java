package dev.asyncio.spi;

import org.jspecify.annotations.Nullable;

/**
 * How a thread-local is read and written by those who carry it from thread to thread.
 *
 * @param <T> the type of its value
 */
public interface ThreadLocalAccess<T extends @Nullable Object> {
    /**
     * The value on the calling thread.
     *
     * @return the value
     */
    T get();

    /**
     * Gives it a value on the calling thread.
     *
     * @param value the value
     */
    void set(T value);
}
