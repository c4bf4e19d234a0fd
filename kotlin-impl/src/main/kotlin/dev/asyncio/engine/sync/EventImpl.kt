package dev.asyncio.engine.sync

import dev.asyncio.Coroutine
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.NOT_NOW
import dev.asyncio.engine.await.QuickOperation
import dev.asyncio.engine.await.loop
import dev.asyncio.engine.await.requireLoop
import dev.asyncio.spi.EventPeer
import kotlin.coroutines.Continuation
import kotlin.coroutines.coroutineContext
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn

/** asyncio's Event. Loop thread only. */
internal class EventImpl(
    private var set: Boolean = false,
    private val waiters: Waiters = Waiters(),
) : LoopBound(),
    EventPeer {
    private val waiting = Waiting()

    override fun isSet(): Boolean = set

    override fun set() {
        checkThread()
        if (set) return
        set = true
        waiters.wakeAll()
    }

    override fun clear() {
        checkThread()
        set = false
    }

    override fun waitUntilSet(): Coroutine<Boolean> = waiting

    suspend fun awaitSet() {
        requireLoop(coroutineContext)
        if (set) return
        return suspendCoroutineUninterceptedOrReturn { standInLine(it, Unit) }
    }

    private fun <T> standInLine(caller: Continuation<T>, result: T): Any? =
        Frame(bind(caller.context.loop()), caller, result).stand()

    private inner class Frame<T>(loop: LoopImpl, caller: Continuation<T>, private val result: T) :
        WaitingFrame<T>(loop, waiters, caller) {
        override fun goOn(error: Throwable?): Any? = if (error == null) result else throw error
    }

    private inner class Waiting : QuickOperation<Boolean>() {
        override fun now(): Any? = if (set) true else NOT_NOW

        override suspend fun later(): Boolean = suspendCoroutineUninterceptedOrReturn { standInLine(it, true) }

        override fun toString(): String = "Event.waitUntilSet"
    }

    override fun toString(): String = "<Event ${if (set) "set" else "unset"}$waiters>"
}
