package dev.asyncio;

import org.jspecify.annotations.Nullable;

/** A task or future was cancelled; asyncio's {@code CancelledError}. */
public class CancelledError extends Error {
    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public CancelledError() {}

    public CancelledError(@Nullable String message) {
        super(message);
    }

    public CancelledError(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
