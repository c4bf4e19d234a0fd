package dev.asyncio.spi;

import dev.asyncio.Coroutine;

/** The engine's side of a {@link dev.asyncio.sync.Event}. */
public interface EventPeer {
    Coroutine<Boolean> waitUntilSet();

    void set();

    void clear();

    boolean isSet();
}
