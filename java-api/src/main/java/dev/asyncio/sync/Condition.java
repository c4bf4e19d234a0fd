package dev.asyncio.sync;

import dev.asyncio.Asyncio;
import dev.asyncio.CheckReturnValue;
import dev.asyncio.Coroutine;
import dev.asyncio.VoidCoroutine;
import dev.asyncio.spi.ConditionPeer;
import dev.asyncio.spi.Engine;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A lock, and a way to wait with it for something that others change while they hold it; asyncio's {@code Condition}.
 *
 * <pre>{@code
 * await(condition.hold(() -> {
 *     await(condition.waitFor(() -> stock > 0));
 *     stock--;
 * }));
 * }</pre>
 *
 * <p><em>Held</em> means locked, by whomever: the lock has no owner, so it cannot be checked that the caller is the
 * one.
 */
public final class Condition {
    private final ConditionPeer peer;

    /** A condition with a lock of its own. */
    public Condition() {
        this.peer = Engine.get().sync().newCondition(null);
    }

    /**
     * A condition that uses a lock, which other conditions may use too.
     *
     * @param lock the lock
     */
    public Condition(Lock lock) {
        this.peer = Engine.get().sync().newCondition(lock.peer());
    }

    /**
     * Acquires the lock; see {@link Lock#acquire()}.
     *
     * @return a cold coroutine that gives true
     */
    @CheckReturnValue
    public Coroutine<Boolean> acquire() {
        return peer.acquire();
    }

    /**
     * Releases the lock; see {@link Lock#release()}.
     *
     * @throws IllegalStateException if it is not locked
     */
    public void release() {
        peer.release();
    }

    /**
     * Whether the lock is locked.
     *
     * @return whether it is
     */
    public boolean locked() {
        return peer.locked();
    }

    /**
     * Acquires the lock for a try-with-resources statement, which releases it; asyncio's {@code async with}.
     *
     * @return a cold coroutine
     */
    @CheckReturnValue
    public Coroutine<Held> hold() {
        return peer.hold();
    }

    /**
     * Runs a block with the lock held; asyncio's {@code async with}. It is released however the block ends.
     *
     * @param body the block
     * @param <T> the type of its result
     * @return a cold coroutine that gives the block's result
     */
    @CheckReturnValue
    public <T extends @Nullable Object> Coroutine<T> hold(Coroutine<T> body) {
        return peer.hold(Objects.requireNonNull(body, "body"));
    }

    /**
     * As {@link #hold(Coroutine)}, for a block without a result.
     *
     * @param body the block
     * @return a cold coroutine
     */
    @CheckReturnValue
    public Coroutine<@Nullable Void> hold(VoidCoroutine body) {
        return peer.hold(Asyncio.coroutine(body));
    }

    /**
     * Releases the lock, waits to be notified, and acquires the lock again; asyncio's {@code wait}. It may also return
     * without a reason: test for what was waited for, or use {@link #waitFor}.
     *
     * <p><b>Cancellation:</b> the lock is held again before the {@link dev.asyncio.CancelledError} is thrown, however
     * often the task is cancelled meanwhile; the last one counts. If the task had been notified already, another one
     * is notified.
     *
     * @return a cold coroutine that gives true; it throws {@link IllegalStateException} if the lock is not held
     */
    @CheckReturnValue
    public Coroutine<Boolean> waitForNotify() {
        return peer.waitForNotify();
    }

    /**
     * Waits until a predicate holds; asyncio's {@code wait_for}. It is tested at once, and with the lock held whenever
     * the task is notified. An exception of the predicate ends the wait with the lock held.
     *
     * @param predicate what to wait for; it cannot await
     * @return a cold coroutine that gives true; it throws {@link IllegalStateException} if it has to wait and the lock
     *     is not held
     */
    @CheckReturnValue
    public Coroutine<Boolean> waitFor(BooleanSupplier predicate) {
        return peer.waitFor(Objects.requireNonNull(predicate, "predicate"));
    }

    /**
     * Wakes the first {@code n} tasks that wait and are not woken yet; asyncio's {@code notify}. They go on one after
     * the other, as they get the lock, which the caller still has. A notification that finds nobody is not remembered.
     *
     * @param n how many; asyncio's default is one
     * @throws IllegalStateException if the lock is not held
     */
    public void notifyWaiters(int n) {
        peer.notifyWaiters(n);
    }

    /**
     * Wakes all tasks that wait; asyncio's {@code notify_all}.
     *
     * @throws IllegalStateException if the lock is not held
     */
    public void notifyAllWaiters() {
        peer.notifyAllWaiters();
    }

    /**
     * The engine's side of this condition; for engines.
     *
     * @return the peer
     */
    public ConditionPeer peer() {
        return peer;
    }

    /** The state, as in {@code <Condition locked, waiters=2>}, of those who wait to be notified. */
    @Override
    public String toString() {
        return peer.toString();
    }
}
