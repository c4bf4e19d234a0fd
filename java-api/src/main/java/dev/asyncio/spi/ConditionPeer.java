package dev.asyncio.spi;

import dev.asyncio.Coroutine;
import java.util.function.BooleanSupplier;

/** The engine's side of a {@link dev.asyncio.sync.Condition}. */
public interface ConditionPeer extends LockPeer {
    Coroutine<Boolean> waitForNotify();

    Coroutine<Boolean> waitFor(BooleanSupplier predicate);

    void notifyWaiters(int n);

    void notifyAllWaiters();
}
