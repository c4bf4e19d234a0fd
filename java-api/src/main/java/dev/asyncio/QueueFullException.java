package dev.asyncio;

import org.jspecify.annotations.Nullable;

/** The queue is full; asyncio's {@code QueueFull}. */
public class QueueFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public QueueFullException() {}

    public QueueFullException(@Nullable String message) {
        super(message);
    }
}
