package dev.asyncio.spi;

import dev.asyncio.Coroutine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The engine's side of a {@link dev.asyncio.Timeout}. */
public interface TimeoutPeer {
    <T extends @Nullable Object> Coroutine<T> enter(Coroutine<T> body);

    @Nullable Duration when();

    void reschedule(@Nullable Duration when);

    boolean expired();
}
