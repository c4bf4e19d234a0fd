package dev.asyncio;

/**
 * A callback that a loop is to run; asyncio's {@code Handle}. <b>Thread:</b> the loop's.
 *
 * @see EventLoop#callSoon(Runnable)
 */
public interface Handle {
    /** Sees to it that the callback does not run, and lets go of it; without effect if it has run. */
    void cancel();

    /**
     * Whether {@link #cancel()} was called.
     *
     * @return true even if the callback had run before
     */
    boolean cancelled();
}
