package dev.asyncio;

import org.jspecify.annotations.Nullable;

/** A future is not in the state that the call needs; asyncio's {@code InvalidStateError}. */
public class InvalidStateException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public InvalidStateException() {}

    public InvalidStateException(@Nullable String message) {
        super(message);
    }

    public InvalidStateException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
