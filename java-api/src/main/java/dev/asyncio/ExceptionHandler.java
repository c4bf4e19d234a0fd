package dev.asyncio;

/**
 * Is told what went wrong where nobody waits for it, such as in a callback.
 *
 * @see EventLoop#setExceptionHandler
 */
@FunctionalInterface
public interface ExceptionHandler {
    /**
     * Handles one report. Called on the loop's thread. An exception that this throws is itself reported to the
     * {@linkplain EventLoop#defaultExceptionHandler default handler}.
     *
     * @param loop the loop on which it happened
     * @param context what is known of it
     */
    void handle(EventLoop loop, ExceptionContext context);
}
