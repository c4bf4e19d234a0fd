package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * On virtual time, nothing is ready, no timer is left, and what is waited for is not done; the message names the
 * pending tasks.
 *
 * @see dev.asyncio.testing.VirtualTimeLoop
 */
public class DeadlockException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public DeadlockException() {}

    /**
     * With a message.
     *
     * @param message the message, or null
     */
    public DeadlockException(@Nullable String message) {
        super(message);
    }
}
