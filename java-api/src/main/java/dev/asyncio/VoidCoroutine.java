package dev.asyncio;

/**
 * A {@link Coroutine} without a result, so that a lambda need not end with {@code return null}.
 *
 * <p>Not an {@link Awaitable}: it is what methods take; {@link Asyncio#coroutine(VoidCoroutine)} makes a
 * {@code Coroutine} of it.
 */
@FunctionalInterface
public interface VoidCoroutine {
    /**
     * The body. The engine calls it.
     *
     * @throws Exception whatever the body fails with; it reaches the one who awaits as it is
     */
    void run() throws Exception;
}
