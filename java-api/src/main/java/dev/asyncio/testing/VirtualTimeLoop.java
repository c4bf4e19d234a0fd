package dev.asyncio.testing;

import dev.asyncio.Carrier;
import dev.asyncio.EventLoop;
import dev.asyncio.spi.Engine;
import dev.asyncio.spi.VirtualLoop;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event loop on virtual time: its clock starts at zero and, when nothing is ready, jumps to the next timer.
 *
 * <p>Otherwise it is any loop, with the same order of events. So a test can sleep for a day, and look at the time to
 * the nanosecond:
 *
 * <pre>{@code
 * try (VirtualTimeLoop loop = new VirtualTimeLoop()) {
 *     loop.runUntilComplete(() -> await(sleep(Duration.ofDays(1))));
 *     assertEquals(Duration.ofDays(1), loop.time());
 * }
 * }</pre>
 *
 * <p>While something is going on elsewhere, a job of an executor or a stage that others complete, time stands still
 * and the loop waits for it. Where nothing can go on any more, {@code runUntilComplete} throws {@link
 * dev.asyncio.DeadlockException}, which names the pending tasks. <b>Thread:</b> as for any {@link EventLoop}.
 */
public final class VirtualTimeLoop extends ForwardingEventLoop {
    private final VirtualLoop peer;

    /** A loop with the {@linkplain Carrier#AUTO usual} carrier of Java bodies. */
    public VirtualTimeLoop() {
        this.peer = newPeer(null);
    }

    /**
     * A loop with a carrier of Java bodies.
     *
     * @param carrier the carrier
     * @throws IllegalStateException if the JVM does not offer it
     */
    public VirtualTimeLoop(Carrier carrier) {
        this.peer = newPeer(Objects.requireNonNull(carrier, "carrier"));
    }

    static VirtualTimeLoop on(@Nullable Carrier carrier) {
        return carrier == null ? new VirtualTimeLoop() : new VirtualTimeLoop(carrier);
    }

    private VirtualLoop newPeer(@Nullable Carrier carrier) {
        return Engine.get().newVirtualTimeLoop(this, carrier);
    }

    /**
     * Moves the clock forward and runs nothing: timers that are due by then run when the loop runs next.
     *
     * @param duration how far
     * @throws IllegalArgumentException if it is negative
     * @throws IllegalStateException if the loop is closed
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("The clock cannot go back: " + duration);
        }
        peer.advance(duration);
    }

    /**
     * Runs until nothing is ready and no timer is left. Tasks that still wait for something are no error. Jobs
     * elsewhere are waited for; publishers and the like, which may never send anything, are not.
     *
     * @throws IllegalStateException if the loop is running or closed, or if the calling thread runs another one
     */
    public void runUntilIdle() {
        peer.runUntilIdle();
    }

    /**
     * The engine's side of this loop; for engines.
     *
     * @return the peer
     */
    public VirtualLoop peer() {
        return peer;
    }

    @Override
    EventLoop delegate() {
        return peer;
    }
}
