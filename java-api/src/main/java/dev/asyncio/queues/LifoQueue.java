package dev.asyncio.queues;

import dev.asyncio.spi.Engine;
import org.jspecify.annotations.Nullable;

/**
 * A queue, last in, first out; asyncio's {@code LifoQueue}.
 *
 * @param <T> the type of the items, which may be null
 */
public final class LifoQueue<T extends @Nullable Object> extends Queue<T> {
    /** A queue without a limit. */
    public LifoQueue() {
        this(0);
    }

    /**
     * A queue for a number of items.
     *
     * @param maxsize how many items it holds before {@link #put} has to wait; 0 or less: without a limit
     */
    public LifoQueue(int maxsize) {
        super(Engine.get().sync().newLifoQueue(maxsize));
    }
}
