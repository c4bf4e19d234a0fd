package dev.asyncio;

import org.jspecify.annotations.Nullable;

/** The queue is empty; asyncio's {@code QueueEmpty}. */
public class QueueEmptyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public QueueEmptyException() {}

    public QueueEmptyException(@Nullable String message) {
        super(message);
    }
}
