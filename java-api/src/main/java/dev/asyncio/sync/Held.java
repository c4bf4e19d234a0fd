package dev.asyncio.sync;

/**
 * Something that was acquired and is to be released; what {@link Lock#hold()} gives to a try-with-resources statement.
 *
 * <pre>{@code
 * try (Held held = await(lock.hold())) {
 *     balance += deposit;
 * }
 * }</pre>
 */
public interface Held extends AutoCloseable {
    /**
     * Releases what is held. The first call does, later ones do nothing.
     *
     * @throws IllegalStateException if it was a lock, and somebody else has released it
     * @throws IllegalArgumentException if it was a bounded semaphore, and somebody has released it once too often
     */
    @Override
    void close();
}
