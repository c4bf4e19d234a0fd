package dev.asyncio.engine.tasks

import dev.asyncio.Awaitable
import dev.asyncio.Future
import dev.asyncio.ReturnWhen
import dev.asyncio.WaitResult
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.await.currentLoop
import dev.asyncio.engine.loop.ReadyItem
import dev.asyncio.engine.loop.TimerEntry
import dev.asyncio.engine.loop.readyItem
import dev.asyncio.engine.loop.saturatedAdd

/** asyncio's wait. [timeout] in nanoseconds, null for none. Coroutines become tasks here. */
internal suspend fun <T> waitForFutures(
    awaitables: Collection<Awaitable<out T>>,
    timeout: Long?,
    returnWhen: ReturnWhen,
): WaitResult<T> {
    require(awaitables.isNotEmpty()) { "Set of Tasks/Futures is empty." }
    val loop = currentLoop()
    @Suppress("UNCHECKED_CAST")
    val futures = awaitables.mapTo(LinkedHashSet()) { loop.ensureOwnFuture(it) as FutureImpl<T> }
    val waiter = FutureImpl<Unit>(loop)
    val timer = timeout?.let { ReleaseTimer(waiter, saturatedAdd(loop.nanoTime(), it)).also(loop::schedule) }
    val completions = WaitCompletions(waiter, timer, returnWhen, futures.size)
    val callbacks = futures.map { it to completions.on(it) }
    for ((future, callback) in callbacks) future.addCallback(callback)
    try {
        awaitFuture(waiter)
    } finally {
        timer?.cancel()
        for ((future, callback) in callbacks) future.removeCallback(callback)
    }
    val (done, pending) = futures.partition { it.done() }
    return WaitResult<T>(done as List<Future<T>>, pending as List<Future<T>>)
}

private class WaitCompletions(
    private val waiter: FutureImpl<Unit>,
    private val timer: ReleaseTimer?,
    private val returnWhen: ReturnWhen,
    private var left: Int,
) {
    fun on(future: FutureImpl<*>): ReadyItem = readyItem {
        left--
        if (left <= 0 || isEnough(future)) {
            timer?.cancel()
            release(waiter)
        }
    }

    private fun isEnough(future: FutureImpl<*>): Boolean = when (returnWhen) {
        ReturnWhen.FIRST_COMPLETED -> true
        ReturnWhen.FIRST_EXCEPTION -> future.failed()
        ReturnWhen.ALL_COMPLETED -> false
    }

    private fun FutureImpl<*>.failed(): Boolean {
        if (!isFailed) return false
        markRetrieved() // as asking for exception() does
        return true
    }
}

internal fun release(waiter: FutureImpl<Unit>) {
    if (!waiter.done()) waiter.setResult(Unit)
}

/** Completes [waiter] at a deadline. Loop thread only. */
internal class ReleaseTimer(private val waiter: FutureImpl<Unit>, override val deadline: Long) :
    ReadyItem(),
    TimerEntry {
    private val loop: LoopImpl = waiter.loop
    private var cancelled = false
    override var scheduled: Boolean = false
    override val isCancelledTimer: Boolean get() = cancelled

    fun cancel() {
        if (cancelled) return
        cancelled = true
        if (scheduled) loop.timers.noteCancelled()
    }

    override fun run() {
        if (!cancelled) release(waiter)
    }
}
