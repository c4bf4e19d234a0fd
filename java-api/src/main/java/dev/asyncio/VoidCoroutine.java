package dev.asyncio;

/** A {@link Coroutine} without a result, so that a lambda need not end with {@code return null}. */
@FunctionalInterface
public interface VoidCoroutine {
    /**
     * The body. Called by the engine.
     *
     * @throws Exception whatever the body fails with; it reaches the awaiter as it is
     */
    void run() throws Exception;
}
