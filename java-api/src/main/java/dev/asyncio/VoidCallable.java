package dev.asyncio;

/** Blocking work without a result: a {@link java.util.concurrent.Callable} that need not return null. */
@FunctionalInterface
public interface VoidCallable {
    /**
     * Does the work.
     *
     * @throws Exception whatever the work fails with; it reaches the one who waits for the work as it is
     */
    void call() throws Exception;
}
