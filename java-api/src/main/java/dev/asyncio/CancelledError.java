package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * The task was cancelled, or what it awaited was; asyncio's {@code CancelledError}.
 *
 * <p>It is thrown at an await and should be let through after cleaning up. It is an {@link Error}, as it is a {@code
 * BaseException} in Python, so that {@code catch (Exception e)} does not swallow it. Code that catches it and carries
 * on calls {@link Task#uncancel()}. A task whose body it leaves ends cancelled.
 */
public class CancelledError extends Error {
    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public CancelledError() {}

    /**
     * With a message.
     *
     * @param message the message, or null
     */
    public CancelledError(@Nullable String message) {
        super(message);
    }

    /**
     * With a message and a cause.
     *
     * @param message the message, or null
     * @param cause the cause, or null
     */
    public CancelledError(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
