package dev.asyncio.spi;

import dev.asyncio.Coroutine;
import org.jspecify.annotations.Nullable;

/** The engine's side of a {@link dev.asyncio.sync.Barrier}. */
public interface BarrierPeer {
    Coroutine<Integer> arrive();

    Coroutine<@Nullable Void> reset();

    Coroutine<@Nullable Void> abort();

    int parties();

    int nWaiting();

    boolean broken();
}
