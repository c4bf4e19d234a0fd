package dev.asyncio.queues;

import dev.asyncio.spi.Engine;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A queue that gives its smallest item first; asyncio's {@code PriorityQueue}. Of items that compare as equal, the one
 * that was put first.
 *
 * <p>An item is compared when it is put into a queue that is not empty. If that fails, {@code put} and
 * {@code putNowait} throw and the queue is as it was: they throw what the comparator throws, or
 * {@link IllegalArgumentException} if items have no natural order among each other.
 *
 * @param <T> the type of the items, which may be null if the comparator knows what to do about it
 */
public final class PriorityQueue<T extends @Nullable Object> extends Queue<T> {
    /** A queue without a limit, in the natural order of its items. */
    public PriorityQueue() {
        this(0);
    }

    /**
     * A queue for a number of items, in their natural order.
     *
     * @param maxsize how many items it holds before {@link #put} has to wait; 0 or less: without a limit
     */
    public PriorityQueue(int maxsize) {
        super(Engine.get().sync().newPriorityQueue(maxsize, null));
    }

    /**
     * A queue without a limit, in the order of a comparator.
     *
     * @param comparator says which of two items is smaller; it cannot await
     */
    public PriorityQueue(Comparator<? super T> comparator) {
        this(0, comparator);
    }

    /**
     * A queue for a number of items, in the order of a comparator.
     *
     * @param maxsize how many items it holds before {@link #put} has to wait; 0 or less: without a limit
     * @param comparator says which of two items is smaller; it cannot await
     */
    public PriorityQueue(int maxsize, Comparator<? super T> comparator) {
        super(Engine.get().sync().newPriorityQueue(maxsize, Objects.requireNonNull(comparator, "comparator")));
    }
}
