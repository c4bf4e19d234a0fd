package dev.asyncio.sync;

import dev.asyncio.spi.Engine;

/**
 * A semaphore that cannot be released more often than it was acquired; asyncio's {@code BoundedSemaphore}. Its {@link
 * #release()} throws {@link IllegalArgumentException} then and changes nothing.
 */
public final class BoundedSemaphore extends Semaphore {
    /** A semaphore with the value 1. */
    public BoundedSemaphore() {
        this(1);
    }

    /**
     * A semaphore with a value.
     *
     * @param value how many may acquire it before one has to wait
     * @throws IllegalArgumentException if it is negative
     */
    public BoundedSemaphore(int value) {
        super(Engine.get().sync().newBoundedSemaphore(checked(value)));
    }
}
