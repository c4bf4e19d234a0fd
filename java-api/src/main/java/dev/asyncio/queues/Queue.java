package dev.asyncio.queues;

import dev.asyncio.AsyncIterator;
import dev.asyncio.CheckReturnValue;
import dev.asyncio.Coroutine;
import dev.asyncio.spi.Engine;
import dev.asyncio.spi.QueuePeer;
import org.jspecify.annotations.Nullable;

/**
 * A queue, first in, first out; asyncio's {@code Queue}.
 *
 * @param <T> the type of the items, which may be null
 */
public class Queue<T extends @Nullable Object> {
    private final QueuePeer<T> peer;

    /** A queue without a limit. */
    public Queue() {
        this(0);
    }

    /**
     * A queue for a number of items.
     *
     * @param maxsize how many items it holds before {@link #put} has to wait; 0 or less: without a limit
     */
    public Queue(int maxsize) {
        this(Engine.get().sync().newQueue(maxsize));
    }

    Queue(QueuePeer<T> peer) {
        this.peer = peer;
    }

    /**
     * Adds an item, waiting for room if the queue is full; asyncio's {@code put}.
     *
     * <p><b>Yields</b> only if the queue is full. <b>Cancellation:</b> a putter that is cancelled while it waits has
     * put nothing.
     *
     * @param item the item
     * @return a cold coroutine; it throws {@link dev.asyncio.QueueShutDownException} if the queue is shut down, also
     *     while it waits
     */
    @CheckReturnValue
    public Coroutine<@Nullable Void> put(T item) {
        return peer.put(item);
    }

    /**
     * Removes and returns the next item, waiting for one if the queue is empty; asyncio's {@code get}.
     *
     * <p><b>Yields</b> only if the queue is empty. <b>Order:</b> waiting getters are woken first come, first served; a
     * call that finds an item takes it at once. <b>Cancellation:</b> a getter that is cancelled while it waits has
     * taken nothing.
     *
     * @return a cold coroutine; it throws {@link dev.asyncio.QueueShutDownException} if the queue is shut down and
     *     empty, also while it waits
     */
    @CheckReturnValue
    public Coroutine<T> get() {
        return peer.get();
    }

    /**
     * Adds an item at once; asyncio's {@code put_nowait}.
     *
     * @param item the item
     * @throws dev.asyncio.QueueShutDownException if the queue is shut down
     * @throws dev.asyncio.QueueFullException if it is full
     */
    public void putNowait(T item) {
        peer.putNowait(item);
    }

    /**
     * Removes and returns the next item at once; asyncio's {@code get_nowait}.
     *
     * @return the item
     * @throws dev.asyncio.QueueShutDownException if the queue is shut down and empty
     * @throws dev.asyncio.QueueEmptyException if it is empty
     */
    public T getNowait() {
        return peer.getNowait();
    }

    /**
     * How many items are in the queue; asyncio's {@code qsize}. Exact, until the next await.
     *
     * @return the number
     */
    public int qsize() {
        return peer.qsize();
    }

    /**
     * Whether there is no item in the queue; asyncio's {@code empty}.
     *
     * @return whether there is none
     */
    public boolean empty() {
        return peer.empty();
    }

    /**
     * Whether {@link #put} would have to wait; asyncio's {@code full}.
     *
     * @return whether there are {@code maxsize} items; false if there is no limit
     */
    public boolean full() {
        return peer.full();
    }

    /**
     * The limit; asyncio's {@code maxsize}.
     *
     * @return the number given to the constructor; 0 or less: none
     */
    public int maxsize() {
        return peer.maxsize();
    }

    /**
     * Says that an item which was taken has been dealt with; asyncio's {@code task_done}. See {@link #join()}.
     *
     * @throws IllegalArgumentException if it is called more often than items were put
     */
    public void taskDone() {
        peer.taskDone();
    }

    /**
     * Waits until {@link #taskDone()} was called for every item that was put; asyncio's {@code join}. Yields only if
     * it was not.
     *
     * @return a cold coroutine
     */
    @CheckReturnValue
    public Coroutine<@Nullable Void> join() {
        return peer.join();
    }

    /** As {@link #shutdown(boolean)}, leaving the items to be taken; asyncio's {@code shutdown()}. */
    public void shutdown() {
        peer.shutdown(false);
    }

    /**
     * Ends the queue for good; asyncio's {@code shutdown}. No item can be put any more, and when the last one was
     * taken, none can be taken: whoever waits or comes then gets a {@link dev.asyncio.QueueShutDownException}.
     *
     * <p>{@link #taskDone()} and {@link #join()} go on working. Calling it again does nothing, or drops the items.
     *
     * @param immediate whether to drop the items that are left, as if each had been taken and dealt with
     */
    public void shutdown(boolean immediate) {
        peer.shutdown(immediate);
    }

    /**
     * The items as they are taken, until the queue is shut down and empty: where {@link #get()} would throw {@link
     * dev.asyncio.QueueShutDownException}, the iteration ends. Several iterators share the items. Closing one does
     * nothing to the queue.
     *
     * @return a new iterator
     */
    public AsyncIterator<T> items() {
        return peer.items();
    }

    /**
     * The engine's side of this queue; for engines.
     *
     * @return the peer
     */
    public QueuePeer<T> peer() {
        return peer;
    }

    /** The state, as in {@code <Queue size=3, maxsize=3, putters=2, unfinished=3>}. */
    @Override
    public String toString() {
        return peer.toString();
    }
}
