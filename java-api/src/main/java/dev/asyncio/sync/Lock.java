package dev.asyncio.sync;

import dev.asyncio.Asyncio;
import dev.asyncio.CheckReturnValue;
import dev.asyncio.Coroutine;
import dev.asyncio.VoidCoroutine;
import dev.asyncio.spi.Engine;
import dev.asyncio.spi.LockPeer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets one task at a time into a section of code that awaits; asyncio's {@code Lock}.
 *
 * <pre>{@code
 * await(lock.hold(() -> {
 *     int old = await(load());
 *     await(store(old + 1));
 * }));
 * }</pre>
 *
 * <p>A lock has no owner: any task may release it, and a task that acquires it twice waits for itself for ever.
 */
public final class Lock {
    private final LockPeer peer;

    /** A lock that is not locked. */
    public Lock() {
        this.peer = Engine.get().sync().newLock();
    }

    /**
     * Locks this lock, waiting for it if need be; asyncio's {@code acquire}.
     *
     * <p><b>Order:</b> while others stand in line, even woken ones that have not run yet, a newcomer stands behind
     * them.
     *
     * @return a cold coroutine that gives true
     */
    @CheckReturnValue
    public Coroutine<Boolean> acquire() {
        return peer.acquire();
    }

    /**
     * Unlocks this lock and wakes the first task in line; asyncio's {@code release}. The woken task locks it again when
     * it runs, in the next iteration; until then the lock is unlocked, though no newcomer can take it.
     *
     * @throws IllegalStateException if it is not locked
     */
    public void release() {
        peer.release();
    }

    /**
     * Whether it is locked; asyncio's {@code locked}.
     *
     * @return whether it is
     */
    public boolean locked() {
        return peer.locked();
    }

    /**
     * Acquires this lock for a try-with-resources statement, which releases it; asyncio's {@code async with}.
     *
     * @return a cold coroutine
     */
    @CheckReturnValue
    public Coroutine<Held> hold() {
        return peer.hold();
    }

    /**
     * Runs a block with this lock held; asyncio's {@code async with}. It is released however the block ends.
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
     * The engine's side of this lock; for engines.
     *
     * @return the peer
     */
    public LockPeer peer() {
        return peer;
    }

    /** The state, as in {@code <Lock locked, waiters=2>}. */
    @Override
    public String toString() {
        return peer.toString();
    }
}
