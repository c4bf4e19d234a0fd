package dev.asyncio.engine.tasks

import dev.asyncio.Awaitable
import dev.asyncio.CancelledError
import dev.asyncio.TimeoutException
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.await.awaitSuspending
import dev.asyncio.engine.await.currentLoop
import dev.asyncio.engine.await.resultInBody
import dev.asyncio.engine.loop.readyItem
import dev.asyncio.engine.loop.saturatedAdd

/** asyncio's wait_for: [awaitable] inside of the calling task, under a timeout in nanoseconds; null for none. */
internal suspend fun <T> waitForOne(awaitable: Awaitable<T>, timeout: Long?): T {
    if (timeout != null && timeout <= 0) return waitForNothing(awaitable)
    val deadline = timeout?.let { saturatedAdd(currentLoop().nanoTime(), it) }
    return TimeoutImpl(deadline).within { awaitSuspending(awaitable) }
}

/** No time at all: what is done counts, the rest is cancelled, a coroutine before it starts. */
private suspend fun <T> waitForNothing(awaitable: Awaitable<T>): T {
    val future = currentLoop().ensureFuture(awaitable)
    if (!future.done()) {
        cancelAndWait(future)
        // A gather that was cancelled fails with a cancellation and is not cancelled itself.
        val error = future.failureOrNull()
        if (error is CancelledError) throw TimeoutException(null, error)
        if (error != null) throw error.asCancellationException()
    }
    return future.resultInBody()
}

/** Waits on a future of its own, so that it can be cancelled itself whatever [future] does about it. */
internal suspend fun cancelAndWait(future: FutureImpl<*>) {
    val waiter = FutureImpl<Unit>(future.loop)
    val callback = readyItem { release(waiter) }
    future.addCallback(callback)
    try {
        future.cancel(null)
        awaitFuture(waiter)
    } finally {
        future.removeCallback(callback)
    }
}
