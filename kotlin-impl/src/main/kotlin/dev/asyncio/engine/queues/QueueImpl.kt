package dev.asyncio.engine.queues

import dev.asyncio.AsyncIterator
import dev.asyncio.Coroutine
import dev.asyncio.QueueEmptyException
import dev.asyncio.QueueFullException
import dev.asyncio.QueueShutDownException
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.NOT_NOW
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.QuickOperation
import dev.asyncio.engine.await.loop
import dev.asyncio.engine.await.requireLoop
import dev.asyncio.engine.sync.EventImpl
import dev.asyncio.engine.sync.LoopBound
import dev.asyncio.engine.sync.Waiters
import dev.asyncio.engine.sync.WaitingFrame
import dev.asyncio.engine.tasks.calledByUser
import dev.asyncio.spi.QueuePeer
import kotlin.coroutines.Continuation
import kotlin.coroutines.coroutineContext
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn

/** asyncio's Queue; [items] makes it one of its kinds. Loop thread only. */
internal class QueueImpl<T>(
    private val maxsize: Int,
    private val items: ItemStore<T>,
    private val getters: Waiters = Waiters(leavesWhenWoken = true),
    private val putters: Waiters = Waiters(leavesWhenWoken = true),
) : LoopBound(),
    QueuePeer<T> {
    /*
     * A wake-up is a hint and not a reservation: whoever is woken looks again when it runs, and goes to the end of the
     * line if somebody else was faster. So an item is in the queue or with somebody, never on its way.
     */
    var unfinished: Long = 0L
        private set
    private val finished = EventImpl(set = true)
    private var isShutDown = false
    private val getting = Getting()

    override fun qsize(): Int = items.size

    override fun maxsize(): Int = maxsize

    override fun empty(): Boolean = items.size == 0

    override fun full(): Boolean = maxsize > 0 && items.size >= maxsize

    // ---- put

    override fun put(item: T): Coroutine<Void?> = Putting(item)

    suspend fun awaitPut(item: T) {
        requireLoop(coroutineContext)
        if (!mustWaitToPut()) return addIfOpen(item)
        return suspendCoroutineUninterceptedOrReturn { putInLine(item, it, Unit) }
    }

    private fun mustWaitToPut(): Boolean = full() && !isShutDown

    private fun <R> putInLine(item: T, caller: Continuation<R>, result: R): Any? =
        Putter(bind(caller.context.loop()), item, caller, result).stand()

    private inner class Putter<R>(
        loop: LoopImpl,
        private val item: T,
        caller: Continuation<R>,
        private val result: R,
    ) : WaitingFrame<R>(loop, putters, caller) {
        override fun goOn(error: Throwable?): Any? {
            if (error != null) {
                if (wasWoken && !full()) putters.wakeNext()
                throw error
            }
            if (mustWaitToPut()) return Putter(loop, item, caller, result).stand()
            try {
                addIfOpen(item)
            } catch (e: Throwable) {
                if (!full()) putters.wakeNext() // the items cannot be compared, but those of others may be
                throw e
            }
            return result
        }
    }

    override fun putNowait(item: T) {
        checkThread()
        if (mustWaitToPut()) throw QueueFullException()
        calledByUser { addIfOpen(item) }
    }

    /** Where there is room, unless it is shut down. */
    private fun addIfOpen(item: T) {
        checkThread()
        if (isShutDown) throw QueueShutDownException()
        items.add(item)
        unfinished++
        finished.clear()
        getters.wakeNext()
    }

    private inner class Putting(private val item: T) : QuickOperation<Void?>() {
        override fun now(): Any? {
            if (mustWaitToPut()) return NOT_NOW
            addIfOpen(item)
            return null
        }

        override suspend fun later(): Void? = suspendCoroutineUninterceptedOrReturn { putInLine(item, it, null) }

        override fun toString(): String = "${items.kind}.put"
    }

    // ---- get

    override fun get(): Coroutine<T> = getting

    suspend fun awaitGet(): T {
        requireLoop(coroutineContext)
        if (!mustWaitToGet()) return take()
        return suspendCoroutineUninterceptedOrReturn(::getInLine)
    }

    private fun mustWaitToGet(): Boolean = empty() && !isShutDown

    private fun getInLine(caller: Continuation<T>): Any? = Getter(bind(caller.context.loop()), caller).stand()

    private inner class Getter(loop: LoopImpl, caller: Continuation<T>) : WaitingFrame<T>(loop, getters, caller) {
        override fun goOn(error: Throwable?): Any? {
            if (error != null) {
                if (wasWoken && !empty()) getters.wakeNext()
                throw error
            }
            if (mustWaitToGet()) return Getter(loop, caller).stand()
            try {
                return take()
            } catch (e: Throwable) {
                if (!empty()) getters.wakeNext() // nobody waits for ever because of a comparator that fails
                throw e
            }
        }
    }

    override fun getNowait(): T = calledByUser(::take)

    /** [getNowait], of the engine's code. */
    fun take(): T {
        checkThread()
        if (empty()) throw if (isShutDown) QueueShutDownException() else QueueEmptyException()
        val item = items.remove()
        putters.wakeNext()
        return item
    }

    private inner class Getting : QuickOperation<T>() {
        override fun now(): Any? = if (mustWaitToGet()) NOT_NOW else take()

        override suspend fun later(): T = suspendCoroutineUninterceptedOrReturn(::getInLine)

        override fun toString(): String = "${items.kind}.get"
    }

    // ---- work that is done

    override fun taskDone() {
        checkThread()
        require(unfinished > 0) { "task_done() called too many times" }
        if (--unfinished == 0L) finished.set()
    }

    override fun join(): Coroutine<Void?> = Operation("${items.kind}.join") {
        if (unfinished > 0) finished.awaitSet()
        null
    }

    // ---- the end

    override fun shutdown(immediate: Boolean) {
        checkThread()
        isShutDown = true
        if (immediate) {
            unfinished = maxOf(0, unfinished - items.size)
            items.clear()
            if (unfinished == 0L) finished.set()
        }
        getters.wakeAll()
        putters.wakeAll()
    }

    override fun items(): AsyncIterator<T> = QueueIterator(this)

    override fun toString(): String = buildString {
        append('<').append(items.kind).append(" size=").append(items.size)
        if (maxsize > 0) append(", maxsize=").append(maxsize)
        if (!getters.isEmpty) append(", getters=").append(getters.size)
        if (!putters.isEmpty) append(", putters=").append(putters.size)
        if (unfinished > 0) append(", unfinished=").append(unfinished)
        if (isShutDown) append(", shut down")
        append('>')
    }
}
