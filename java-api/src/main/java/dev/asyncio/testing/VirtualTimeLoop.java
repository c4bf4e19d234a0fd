package dev.asyncio.testing;

import dev.asyncio.Carrier;
import dev.asyncio.EventLoop;
import dev.asyncio.spi.Engine;
import dev.asyncio.spi.VirtualLoop;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An event loop whose clock starts at zero and jumps to the next timer when nothing is ready. */
public final class VirtualTimeLoop extends ForwardingEventLoop {
    private final VirtualLoop peer;

    public VirtualTimeLoop() {
        this.peer = newPeer(null);
    }

    public VirtualTimeLoop(Carrier carrier) {
        this.peer = newPeer(Objects.requireNonNull(carrier, "carrier"));
    }

    private VirtualLoop newPeer(@Nullable Carrier carrier) {
        return Engine.get().newVirtualTimeLoop(this, carrier);
    }

    public void advance(Duration duration) {
        peer.advance(Objects.requireNonNull(duration, "duration"));
    }

    public void runUntilIdle() {
        peer.runUntilIdle();
    }

    /** The engine's side of this loop; for engines. */
    public VirtualLoop peer() {
        return peer;
    }

    @Override
    EventLoop delegate() {
        return peer;
    }
}
