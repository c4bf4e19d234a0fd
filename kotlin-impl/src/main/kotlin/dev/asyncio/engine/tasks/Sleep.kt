package dev.asyncio.engine.tasks

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.await.onLoop
import dev.asyncio.engine.await.yieldOnce
import dev.asyncio.engine.loop.TimerEntry
import dev.asyncio.engine.saturatedAdd

/** asyncio's sleep: not positive yields once without a timer, else one timer and one more iteration. */
internal suspend fun sleepNanos(nanos: Long) {
    if (nanos <= 0) return yieldOnce()
    return onLoop { loop -> awaitFuture(SleepFuture(loop, saturatedAdd(loop.nanoTime(), nanos)).also(loop::schedule)) }
}

/** A future that is its own timer. Cancelling it drops the timer. */
private class SleepFuture(loop: LoopImpl, override val deadline: Long) :
    FutureImpl<Unit>(loop),
    TimerEntry {
    override var sequence: Long = 0
    override var scheduled: Boolean = false
    override val isCancelledTimer: Boolean get() = done()

    override fun run() {
        if (!done()) setResult(Unit)
    }

    override fun cancel(message: String?): Boolean = super.cancel(message).also {
        if (it && scheduled) loop.timers.noteCancelled()
    }
}
