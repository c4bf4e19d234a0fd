package dev.asyncio;

import org.jspecify.annotations.Nullable;

/** Something took longer than it was given; Python's {@code TimeoutError}. */
public class TimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public TimeoutException() {}

    public TimeoutException(@Nullable String message) {
        super(message);
    }

    public TimeoutException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
