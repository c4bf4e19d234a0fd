package dev.asyncio.coroutines

import dev.asyncio.Carrier
import dev.asyncio.EventLoop
import dev.asyncio.engine.attached.AttachedLoop
import dev.asyncio.engine.attached.DispatcherHome
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.MainCoroutineDispatcher
import kotlin.coroutines.EmptyCoroutineContext

/**
 * A new loop on the thread of this dispatcher, which goes on to drive that thread: for a UI, `Dispatchers.Main`. Called
 * on that thread, it makes the loop the running one there until it is closed, in handlers of the UI's events, too.
 *
 * Callbacks, `suspend` bodies and done-callbacks run on that thread. Each iteration of the loop is an event of the UI,
 * and others come between; timers are the dispatcher's own. A Java body takes its steps on a stack of its own while
 * the UI's thread waits: it may not touch what only that thread may, and must not wait for it.
 *
 * `runForever`, `runUntilComplete` and `stop` of the loop throw [IllegalStateException]. `close`, on the same thread
 * and not in the loop's own code, cancels what is left, lets it end as far as it goes without waiting, and drops the
 * rest.
 *
 * **Thread:** the dispatcher's.
 *
 * @param carrier what carries suspended Java bodies
 * @throws IllegalStateException if a loop is running on the calling thread, or if it is not the dispatcher's and the
 * dispatcher can tell
 */
public fun CoroutineDispatcher.attachEventLoop(carrier: Carrier = Carrier.AUTO): EventLoop {
    if (this is MainCoroutineDispatcher) {
        check(!immediate.isDispatchNeeded(EmptyCoroutineContext)) {
            "attachEventLoop() was called on thread '${Thread.currentThread().name}': call it on the thread of $this"
        }
    }
    return AttachedLoop.to(DispatcherHome(this), carrier)
}
