package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * Something took longer than it was allowed; Python's {@code TimeoutError}.
 *
 * <p>Unchecked, unlike {@link java.util.concurrent.TimeoutException}, with which it has nothing else in common but the
 * name.
 *
 * @see Asyncio#timeout(java.time.Duration, Coroutine)
 * @see Asyncio#waitFor(Coroutine, java.time.Duration)
 */
public class TimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public TimeoutException() {}

    /**
     * With a message.
     *
     * @param message the message, or null
     */
    public TimeoutException(@Nullable String message) {
        super(message);
    }

    /**
     * With a message and a cause.
     *
     * @param message the message, or null
     * @param cause the cause, or null
     */
    public TimeoutException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
