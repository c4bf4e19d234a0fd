package dev.asyncio.spi;

import dev.asyncio.Coroutine;
import dev.asyncio.sync.Held;
import org.jspecify.annotations.Nullable;

/** The engine's side of whatever is acquired and released: a lock, the lock of a condition, a semaphore. */
public interface LockPeer {
    Coroutine<Boolean> acquire();

    void release();

    boolean locked();

    Coroutine<Held> hold();

    <T extends @Nullable Object> Coroutine<T> hold(Coroutine<T> body);
}
