package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * The queue was shut down; asyncio's {@code QueueShutDown}.
 */
public class QueueShutDownException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public QueueShutDownException() {}

    /**
     * With a message.
     *
     * @param message the message, or null
     */
    public QueueShutDownException(@Nullable String message) {
        super(message);
    }
}
