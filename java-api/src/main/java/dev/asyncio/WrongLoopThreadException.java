package dev.asyncio;

import org.jspecify.annotations.Nullable;

/** A method of a loop was called from a thread that is not the loop's. */
public class WrongLoopThreadException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public WrongLoopThreadException() {}

    public WrongLoopThreadException(@Nullable String message) {
        super(message);
    }
}
