package dev.asyncio;

import org.jspecify.annotations.Nullable;

/** Nothing is ready, no timer is left, and the awaited result is not there. */
public class DeadlockException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public DeadlockException() {}

    public DeadlockException(@Nullable String message) {
        super(message);
    }
}
