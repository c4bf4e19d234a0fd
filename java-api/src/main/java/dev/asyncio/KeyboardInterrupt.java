package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * The program was interrupted by Ctrl-C; Python's {@code KeyboardInterrupt}.
 *
 * <p>Thrown by {@link Asyncio#run(Coroutine)} and {@link Runner#run(Coroutine)} once the main task has ended cancelled.
 * Thrown by a callback or a task, it leaves the loop. An {@link Error}, so that {@code catch (Exception e)} does not
 * swallow it.
 */
public class KeyboardInterrupt extends Error {
    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public KeyboardInterrupt() {}

    /**
     * With a message.
     *
     * @param message the message, or null
     */
    public KeyboardInterrupt(@Nullable String message) {
        super(message);
    }
}
