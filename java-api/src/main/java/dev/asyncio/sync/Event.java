package dev.asyncio.sync;

import dev.asyncio.CheckReturnValue;
import dev.asyncio.Coroutine;
import dev.asyncio.spi.Engine;
import dev.asyncio.spi.EventPeer;

/**
 * A flag that tasks wait for; asyncio's {@code Event}.
 *
 * <pre>{@code
 * Event started = new Event();
 * Task<Void> server = createTask(() -> serve(started));
 * await(started.waitUntilSet());
 * }</pre>
 */
public final class Event {
    private final EventPeer peer;

    /** An event that is not set. */
    public Event() {
        this.peer = Engine.get().sync().newEvent();
    }

    /**
     * Waits until the flag is set; asyncio's {@code wait}. Yields only if it is not.
     *
     * <p>A waiter that {@link #set()} has woken goes on even if {@link #clear()} came before it ran.
     *
     * @return a cold coroutine that gives true
     */
    @CheckReturnValue
    public Coroutine<Boolean> waitUntilSet() {
        return peer.waitUntilSet();
    }

    /** Sets the flag and wakes all who wait for it, in the order in which they came; asyncio's {@code set}. */
    public void set() {
        peer.set();
    }

    /** Resets the flag: who comes from now on has to wait; asyncio's {@code clear}. */
    public void clear() {
        peer.clear();
    }

    /**
     * Whether the flag is set; asyncio's {@code is_set}.
     *
     * @return whether it is
     */
    public boolean isSet() {
        return peer.isSet();
    }

    /**
     * The engine's side of this event; for engines.
     *
     * @return the peer
     */
    public EventPeer peer() {
        return peer;
    }

    /** The state, as in {@code <Event unset, waiters=2>}. */
    @Override
    public String toString() {
        return peer.toString();
    }
}
