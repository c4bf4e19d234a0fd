package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * The queue has no room for another item at once; asyncio's {@code QueueFull}.
 */
public class QueueFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public QueueFullException() {}

    /**
     * With a message.
     *
     * @param message the message, or null
     */
    public QueueFullException(@Nullable String message) {
        super(message);
    }
}
