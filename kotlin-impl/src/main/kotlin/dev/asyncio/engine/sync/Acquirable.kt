package dev.asyncio.engine.sync

import dev.asyncio.Coroutine
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.NOT_NOW
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.QuickOperation
import dev.asyncio.engine.await.awaitSuspending
import dev.asyncio.engine.await.loop
import dev.asyncio.engine.await.requireLoop
import dev.asyncio.spi.LockPeer
import dev.asyncio.sync.Held
import kotlin.coroutines.Continuation
import kotlin.coroutines.coroutineContext
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn

/** What locks and semaphores have in common: acquired at once if that is fair, else in line. Loop thread only. */
internal abstract class Acquirable(private val name: String) :
    LoopBound(),
    LockPeer {
    private val acquiring = Acquiring()
    private val holding = Holding()

    /** Acquires it if nobody has to be waited for; false, with nothing changed, if somebody has. */
    abstract fun tryAcquire(): Boolean

    /** Stands in line for [caller], which gets [result] once it has acquired it. */
    protected abstract fun <T> standInLine(loop: LoopImpl, caller: Continuation<T>, result: T): Any?

    private fun <T> acquireInLine(caller: Continuation<T>, result: T): Any? =
        standInLine(bind(caller.context.loop()), caller, result)

    // A tail call: nothing is allocated unless there is something to wait for, and then a frame of ours.
    suspend fun awaitAcquire() {
        requireLoop(coroutineContext)
        if (tryAcquire()) return
        return suspendCoroutineUninterceptedOrReturn { acquireInLine(it, Unit) }
    }

    final override fun acquire(): Coroutine<Boolean> = acquiring

    final override fun hold(): Coroutine<Held> = holding

    final override fun <T> hold(body: Coroutine<T>): Coroutine<T> = Operation("$name.hold($body)") {
        awaitAcquire()
        try {
            awaitSuspending(body)
        } finally {
            release()
        }
    }

    private inner class Acquiring : QuickOperation<Boolean>() {
        override fun now(): Any? = if (tryAcquire()) true else NOT_NOW

        override suspend fun later(): Boolean =
            suspendCoroutineUninterceptedOrReturn { acquireInLine(it, true) }

        override fun toString(): String = "$name.acquire"
    }

    private inner class Holding : QuickOperation<Held>() {
        override fun now(): Any? = if (tryAcquire()) Hold(this@Acquirable) else NOT_NOW

        override suspend fun later(): Held =
            suspendCoroutineUninterceptedOrReturn { acquireInLine(it, Hold(this@Acquirable)) }

        override fun toString(): String = "$name.hold"
    }

    /** A second close must not release what somebody else holds by then. */
    private class Hold(private val owner: Acquirable) : Held {
        private var closed = false

        override fun close() {
            if (closed) return
            closed = true
            owner.release()
        }

        override fun toString(): String = "<Held $owner${if (closed) " closed" else ""}>"
    }
}
