package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * A method that belongs to the loop's thread was called from elsewhere; found in debug mode. What to call instead is
 * {@link EventLoop#callSoonThreadsafe(Runnable)} or {@link Asyncio#runCoroutineThreadsafe(Coroutine, EventLoop)}.
 */
public class WrongLoopThreadException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public WrongLoopThreadException() {}

    /**
     * With a message.
     *
     * @param message the message, or null
     */
    public WrongLoopThreadException(@Nullable String message) {
        super(message);
    }
}
