package dev.asyncio.spi;

import dev.asyncio.Coroutine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The engine's side of a {@link dev.asyncio.Timeout}. */
public interface TimeoutPeer {
    /**
     * See {@link dev.asyncio.Timeout#enter(Coroutine)}.
     *
     * @param body the block
     * @param <T> the type of the result
     * @return a cold coroutine
     */
    <T extends @Nullable Object> Coroutine<T> enter(Coroutine<T> body);

    /**
     * See {@link dev.asyncio.Timeout#when()}.
     *
     * @return the deadline, or null
     */
    @Nullable Duration when();

    /**
     * See {@link dev.asyncio.Timeout#reschedule}.
     *
     * @param when the deadline, or null for none
     */
    void reschedule(@Nullable Duration when);

    /**
     * See {@link dev.asyncio.Timeout#expired()}.
     *
     * @return whether the deadline passed
     */
    boolean expired();
}
