package dev.asyncio.engine.sync

import dev.asyncio.engine.LoopImpl
import kotlin.coroutines.Continuation

/** asyncio's Semaphore; with [bound] its BoundedSemaphore. Loop thread only. */
internal open class SemaphoreImpl(
    value: Int,
    private val bound: Int? = null,
    private val waiters: Waiters = Waiters(),
) : Acquirable(if (bound == null) "Semaphore" else "BoundedSemaphore") {
    /** What can be acquired; what a woken waiter has coming is not in it any more. Without an upper limit. */
    var value: Long = value.toLong()
        private set

    // The line goes first even if there is something to be had.
    override fun locked(): Boolean = value == 0L || !waiters.isVoid

    override fun tryAcquire(): Boolean {
        if (locked()) return false
        value--
        return true
    }

    override fun <T> standInLine(loop: LoopImpl, caller: Continuation<T>, result: T): Any? =
        Frame(loop, caller, result).stand()

    private inner class Frame<T>(loop: LoopImpl, caller: Continuation<T>, private val result: T) :
        WaitingFrame<T>(loop, waiters, caller) {
        override fun goOn(error: Throwable?): Any? {
            if (error != null && wasWoken) giveBack()
            // While the line was there, newcomers had to join it, whatever was to be had.
            while (value > 0) {
                if (!wakeNext()) break
            }
            if (error != null) throw error
            return result
        }
    }

    override fun release() {
        checkThread()
        require(bound == null || value < bound) { "BoundedSemaphore released too many times" }
        value++
        wakeNext()
    }

    /** Somebody was woken and then cancelled: what it had coming is there for others. */
    protected open fun giveBack() {
        value++
    }

    private fun wakeNext(): Boolean {
        if (!waiters.wakeNext()) return false
        value-- // for the one who was woken: nobody else may take it before that one runs
        return true
    }

    override fun toString(): String {
        val state = if (locked()) "locked" else "unlocked, value=$value"
        return "<${if (bound == null) "Semaphore" else "BoundedSemaphore"} $state$waiters>"
    }
}
