package dev.asyncio;

import dev.asyncio.spi.Engine;
import dev.asyncio.spi.TimeoutPeer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A deadline for a block that can be moved while the block runs; asyncio's {@code Timeout}. */
public final class Timeout {
    private final TimeoutPeer peer;

    /** Expires {@code delay} from now; null: never, unless it is rescheduled. */
    public Timeout(@Nullable Duration delay) {
        this.peer = Engine.get().newTimeout(this, delay);
    }

    private Timeout(@Nullable Duration when, @SuppressWarnings("unused") boolean absolute) {
        this.peer = Engine.get().newTimeoutAt(this, when);
    }

    public static Timeout at(@Nullable Duration when) {
        return new Timeout(when, true);
    }

    @CheckReturnValue
    public <T extends @Nullable Object> Coroutine<T> enter(Coroutine<T> body) {
        return peer.enter(Objects.requireNonNull(body, "body"));
    }

    @CheckReturnValue
    public Coroutine<@Nullable Void> enter(VoidCoroutine body) {
        return peer.enter(VoidCoroutineAdapter.adapt(body));
    }

    public @Nullable Duration when() {
        return peer.when();
    }

    public void reschedule(@Nullable Duration when) {
        peer.reschedule(when);
    }

    public boolean expired() {
        return peer.expired();
    }

    @Override
    public String toString() {
        return peer.toString();
    }
}
