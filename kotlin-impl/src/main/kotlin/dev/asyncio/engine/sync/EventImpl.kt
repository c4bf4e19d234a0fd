package dev.asyncio.engine.sync

import dev.asyncio.Coroutine
import dev.asyncio.engine.await.NOT_NOW
import dev.asyncio.engine.await.QuickOperation
import dev.asyncio.engine.await.currentLoop
import dev.asyncio.engine.await.requireLoop
import dev.asyncio.spi.EventPeer
import kotlin.coroutines.coroutineContext

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
        if (!set) awaitInLine()
    }

    private suspend fun awaitInLine() = waiters.stand(waiters.join(bind(currentLoop())))

    private inner class Waiting : QuickOperation<Boolean>() {
        override fun now(): Any? = if (set) true else NOT_NOW

        override suspend fun later(): Boolean {
            awaitInLine()
            return true
        }

        override fun toString(): String = "Event.waitUntilSet"
    }

    override fun toString(): String = "<Event ${if (set) "set" else "unset"}$waiters>"
}
