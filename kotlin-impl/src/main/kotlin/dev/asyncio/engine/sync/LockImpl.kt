package dev.asyncio.engine.sync

import dev.asyncio.engine.LoopImpl
import kotlin.coroutines.Continuation

/** asyncio's Lock. Loop thread only. */
internal open class LockImpl(private val waiters: Waiters = Waiters(WakeOrder.HEAD_ONLY)) : Acquirable("Lock") {
    private var locked = false

    override fun locked(): Boolean = locked

    // A waiter that was woken but has not run yet finds the lock unlocked; nobody may take it from under its feet.
    override fun tryAcquire(): Boolean {
        if (locked || !waiters.isVoid) return false
        locked = true
        return true
    }

    override fun <T> standInLine(loop: LoopImpl, caller: Continuation<T>, result: T): Any? =
        Frame(loop, caller, result).stand()

    private inner class Frame<T>(loop: LoopImpl, caller: Continuation<T>, private val result: T) :
        WaitingFrame<T>(loop, waiters, caller) {
        override fun goOn(error: Throwable?): Any? {
            if (error != null) {
                waitFailed()
                throw error
            }
            locked = true
            return result
        }
    }

    override fun release() {
        checkThread()
        check(locked) { "Lock is not acquired." }
        locked = false
        waiters.wakeNext()
    }

    /** Somebody left the line without the lock, maybe after having been woken: then the wake-up goes to the next. */
    protected open fun waitFailed() {
        if (!locked) waiters.wakeNext()
    }

    override fun toString(): String = "<Lock ${if (locked) "locked" else "unlocked"}$waiters>"
}
