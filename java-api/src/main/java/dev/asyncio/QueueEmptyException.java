package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * The queue has no item to give at once; asyncio's {@code QueueEmpty}.
 */
public class QueueEmptyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public QueueEmptyException() {}

    /**
     * With a message.
     *
     * @param message the message, or null
     */
    public QueueEmptyException(@Nullable String message) {
        super(message);
    }
}
