package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * The barrier is broken; asyncio's {@code BrokenBarrierError}.
 */
public class BrokenBarrierException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public BrokenBarrierException() {}

    /**
     * With a message.
     *
     * @param message the message, or null
     */
    public BrokenBarrierException(@Nullable String message) {
        super(message);
    }
}
