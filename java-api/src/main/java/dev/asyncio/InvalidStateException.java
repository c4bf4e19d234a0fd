package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * A future is done where it must not be, or is not where it must; asyncio's {@code InvalidStateError}.
 *
 * @see Future#result()
 * @see Future#setResult
 */
public class InvalidStateException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public InvalidStateException() {}

    /**
     * With a message.
     *
     * @param message the message, or null
     */
    public InvalidStateException(@Nullable String message) {
        super(message);
    }

    /**
     * With a message and a cause.
     *
     * @param message the message, or null
     * @param cause the cause, or null
     */
    public InvalidStateException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
