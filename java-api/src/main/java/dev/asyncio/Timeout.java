package dev.asyncio;

import dev.asyncio.spi.Engine;
import dev.asyncio.spi.TimeoutPeer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A deadline for a block, which the block can move; asyncio's {@code Timeout}.
 *
 * <pre>{@code
 * Timeout timeout = new Timeout(Duration.ofSeconds(10));
 * await(timeout.enter(() -> {
 *     Duration newDeadline = readHeader();
 *     timeout.reschedule(newDeadline);
 *     readBody();
 * }));
 * }</pre>
 *
 * <p>When the deadline passes, the task is cancelled; the {@link CancelledError} that leaves the block becomes a {@link
 * TimeoutException}. If someone else cancelled the task too, it stays a {@code CancelledError}; if the block ends with
 * another exception or with a result, so does the timeout.
 *
 * <p>Where the object is not needed: {@link Asyncio#timeout(Duration, Coroutine)}. <b>Thread:</b> the loop's.
 */
public final class Timeout {
    private final TimeoutPeer peer;

    /**
     * A deadline that counts from now; asyncio's {@code timeout}.
     *
     * @param delay how long the block may take from now on; zero or negative: it ends at the first await that suspends;
     *     null: no deadline
     * @throws NoRunningLoopException if no loop is running
     */
    public Timeout(@Nullable Duration delay) {
        this.peer = Engine.get().newTimeout(this, delay);
    }

    // The flag tells the two constructors apart; its value is of no interest.
    private Timeout(@Nullable Duration when, boolean absolute) {
        this.peer = Engine.get().newTimeoutAt(this, when);
    }

    /**
     * A deadline on the loop's clock; asyncio's {@code timeout_at}.
     *
     * @param when a time as {@link EventLoop#time()} shows it; null: no deadline
     * @return the timeout
     */
    public static Timeout at(@Nullable Duration when) {
        return new Timeout(when, true);
    }

    /**
     * Runs a block under this deadline; asyncio's {@code async with}. Entering and leaving do not suspend.
     *
     * @param body the block
     * @param <T> the type of its result
     * @return a cold coroutine that gives the block's result; it throws {@link TimeoutException} if the deadline ended
     *     the block, and {@link IllegalStateException} if it runs outside a task or if this timeout was entered before
     */
    @CheckReturnValue
    public <T extends @Nullable Object> Coroutine<T> enter(Coroutine<T> body) {
        return peer.enter(Objects.requireNonNull(body, "body"));
    }

    /**
     * As {@link #enter(Coroutine)}, for a block without a result.
     *
     * @param body the block
     * @return a cold coroutine
     */
    @CheckReturnValue
    public Coroutine<@Nullable Void> enter(VoidCoroutine body) {
        return peer.enter(VoidCoroutineAdapter.adapt(body));
    }

    /**
     * The deadline; asyncio's {@code when}.
     *
     * @return a time of the loop's clock, or null if there is no deadline
     */
    public @Nullable Duration when() {
        return peer.when();
    }

    /**
     * Moves the deadline; asyncio's {@code reschedule}.
     *
     * @param when a time of the loop's clock; one that has passed takes effect in the next iteration; null: no deadline
     * @throws IllegalStateException if the block was not entered, has ended, or its deadline has passed
     */
    public void reschedule(@Nullable Duration when) {
        peer.reschedule(when);
    }

    /**
     * Whether the deadline passed while the block ran; asyncio's {@code expired}.
     *
     * @return true from that moment on, whatever the block made of it
     */
    public boolean expired() {
        return peer.expired();
    }

    @Override
    public String toString() {
        return peer.toString();
    }
}
