package dev.asyncio;

/** Blocking work without a result: a {@link java.util.concurrent.Callable} that need not return null. */
@FunctionalInterface
public interface VoidCallable {
    /**
     * Does the work.
     *
     * @throws Exception whatever the work fails with; it reaches the caller as it is
     */
    void call() throws Exception;
}
