package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * The call needs a running loop, and the calling thread runs none; asyncio's {@code RuntimeError: no running event
 * loop}.
 *
 * @see Asyncio#run(Coroutine)
 * @see Asyncio#getRunningLoop()
 */
public class NoRunningLoopException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public NoRunningLoopException() {}

    /**
     * With a message.
     *
     * @param message the message, or null
     */
    public NoRunningLoopException(@Nullable String message) {
        super(message);
    }
}
