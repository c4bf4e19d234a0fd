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
 * Lets a number of tasks at a time into a section of code; asyncio's {@code Semaphore}.
 *
 * <pre>{@code
 * Semaphore atMostTen = new Semaphore(10);
 * await(gather(urls.stream()
 *         .map(url -> coroutine(() -> await(atMostTen.hold(() -> download(url)))))
 *         .collect(toList())));
 * }</pre>
 *
 * <p>It may be released more often than it was acquired, which raises its value; see {@link BoundedSemaphore}.
 */
public class Semaphore {
    private final LockPeer peer;

    /** A semaphore with the value 1. */
    public Semaphore() {
        this(1);
    }

    /**
     * A semaphore with a value.
     *
     * @param value how many may acquire it before one has to wait
     * @throws IllegalArgumentException if it is negative
     */
    public Semaphore(int value) {
        this(Engine.get().sync().newSemaphore(checked(value)));
    }

    Semaphore(LockPeer peer) {
        this.peer = peer;
    }

    static int checked(int value) {
        if (value < 0) {
            throw new IllegalArgumentException("Semaphore initial value must be >= 0, is " + value);
        }
        return value;
    }

    /**
     * Takes one off the value, waiting for a release if it is 0; asyncio's {@code acquire}.
     *
     * <p><b>Order:</b> while others stand in line, a newcomer stands behind them, whatever the value.
     *
     * @return a cold coroutine that gives true
     */
    @CheckReturnValue
    public Coroutine<Boolean> acquire() {
        return peer.acquire();
    }

    /**
     * Adds one to the value, or gives it to the first task in line; asyncio's {@code release}. What a woken task was
     * given is its own: nobody can take it before the task runs.
     *
     * @throws IllegalArgumentException if it is a {@link BoundedSemaphore} whose value is as high as it was at first
     */
    public void release() {
        peer.release();
    }

    /**
     * Whether {@link #acquire()} would have to wait: the value is 0, or somebody stands in line; asyncio's
     * {@code locked}.
     *
     * @return whether it would
     */
    public boolean locked() {
        return peer.locked();
    }

    /**
     * Acquires this semaphore for a try-with-resources statement, which releases it; asyncio's {@code async with}.
     *
     * @return a cold coroutine
     */
    @CheckReturnValue
    public Coroutine<Held> hold() {
        return peer.hold();
    }

    /**
     * Runs a block between {@code acquire} and {@code release}; asyncio's {@code async with}. It is released however
     * the block ends.
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
     * The engine's side of this semaphore; for engines.
     *
     * @return the peer
     */
    public LockPeer peer() {
        return peer;
    }

    /** The state, as in {@code <Semaphore unlocked, value=3>} or {@code <Semaphore locked, waiters=2>}. */
    @Override
    public String toString() {
        return peer.toString();
    }
}
