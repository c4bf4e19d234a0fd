package dev.asyncio.sync;

import dev.asyncio.CheckReturnValue;
import dev.asyncio.Coroutine;
import dev.asyncio.spi.BarrierPeer;
import dev.asyncio.spi.Engine;
import org.jspecify.annotations.Nullable;

/**
 * A point where a number of tasks wait for each other, again and again; asyncio's {@code Barrier}.
 *
 * <p>It fills until all parties have arrived, then drains until the last of them has gone on, then fills again. A task
 * that is cancelled while it fills just leaves; unlike the JDK's {@code CyclicBarrier}, this one is not broken by that.
 */
public final class Barrier {
    private final BarrierPeer peer;

    /**
     * A barrier for a number of tasks.
     *
     * @param parties how many have to arrive before all go on
     * @throws IllegalArgumentException if it is less than 1
     */
    public Barrier(int parties) {
        if (parties < 1) {
            throw new IllegalArgumentException("parties must be > 0, is " + parties);
        }
        this.peer = Engine.get().sync().newBarrier(parties);
    }

    /**
     * Waits until all parties have arrived; asyncio's {@code wait}. The last to arrive goes on first, without
     * yielding. While the barrier drains, newcomers wait for the next round.
     *
     * @return a cold coroutine that gives the place in the order of arrival, from 0 to {@code parties() - 1}; it
     *     throws {@link dev.asyncio.BrokenBarrierException} if the barrier is broken, or is reset or aborted meanwhile
     */
    @CheckReturnValue
    public Coroutine<Integer> arrive() {
        return peer.arrive();
    }

    /**
     * Makes the barrier empty and whole; asyncio's {@code reset}. Who waits for it to fill gets a {@link
     * dev.asyncio.BrokenBarrierException}; who waits for it to drain takes part in the next round.
     *
     * @return a cold coroutine
     */
    @CheckReturnValue
    public Coroutine<@Nullable Void> reset() {
        return peer.reset();
    }

    /**
     * Breaks the barrier; asyncio's {@code abort}. Who waits and who comes gets a {@link
     * dev.asyncio.BrokenBarrierException}, until {@link #reset()}.
     *
     * @return a cold coroutine
     */
    @CheckReturnValue
    public Coroutine<@Nullable Void> abort() {
        return peer.abort();
    }

    /**
     * How many have to arrive; asyncio's {@code parties}.
     *
     * @return the number given to the constructor
     */
    public int parties() {
        return peer.parties();
    }

    /**
     * How many have arrived while it fills; asyncio's {@code n_waiting}.
     *
     * @return the number; 0 while the barrier drains and when it is broken
     */
    public int nWaiting() {
        return peer.nWaiting();
    }

    /**
     * Whether the barrier was aborted; asyncio's {@code broken}.
     *
     * @return whether it was
     */
    public boolean broken() {
        return peer.broken();
    }

    /**
     * The engine's side of this barrier; for engines.
     *
     * @return the peer
     */
    public BarrierPeer peer() {
        return peer;
    }

    /** The state, as in {@code <Barrier filling, waiters=1/3>}. */
    @Override
    public String toString() {
        return peer.toString();
    }
}
