package dev.asyncio.spi;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the engine's side of what is in {@code dev.asyncio.sync} and {@code dev.asyncio.queues}. None of it needs a
 * loop to be made. Numbers are checked by the facade.
 */
public interface SyncProvider {
    LockPeer newLock();

    EventPeer newEvent();

    /** A condition with a lock of its own, where {@code lock} is null. */
    ConditionPeer newCondition(@Nullable LockPeer lock);

    LockPeer newSemaphore(int value);

    LockPeer newBoundedSemaphore(int value);

    BarrierPeer newBarrier(int parties);

    <T extends @Nullable Object> QueuePeer<T> newQueue(int maxsize);

    <T extends @Nullable Object> QueuePeer<T> newLifoQueue(int maxsize);

    /** In natural order, where {@code comparator} is null. */
    <T extends @Nullable Object> QueuePeer<T> newPriorityQueue(int maxsize, @Nullable Comparator<? super T> comparator);
}
