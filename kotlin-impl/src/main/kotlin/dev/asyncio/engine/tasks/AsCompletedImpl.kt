package dev.asyncio.engine.tasks

import dev.asyncio.AsCompleted
import dev.asyncio.AsyncIterator
import dev.asyncio.Awaitable
import dev.asyncio.Coroutine
import dev.asyncio.Future
import dev.asyncio.TimeoutException
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.resultInBody
import dev.asyncio.engine.internal.ElementIterator
import dev.asyncio.engine.loop.ReadyItem
import dev.asyncio.engine.loop.TimerEntry
import dev.asyncio.engine.loop.readyItem
import dev.asyncio.engine.loop.saturatedAdd
import dev.asyncio.engine.sync.Waiters

/**
 * asyncio's as_completed: its children as they finish. Each is delivered once, to whichever of the two iterations asks
 * first; after the timeout every child that is still missing is delivered as a [TimeoutException].
 */
internal class AsCompletedImpl<T>(
    private val loop: LoopImpl,
    awaitables: Collection<Awaitable<out T>>,
    timeout: Long?,
) : AsCompleted<T> {
    /** Children that are not done, with what is called when they are. */
    private val todo = LinkedHashMap<FutureImpl<out T>, ReadyItem>()

    /** What was not asked for yet; null stands for a child that came too late. */
    private val finished = ArrayDeque<FutureImpl<out T>?>()
    private val getters = Waiters(leavesWhenWoken = true)
    private val timer: Expiry?
    private var left: Int

    init {
        for (awaitable in awaitables) {
            val child = loop.ensureOwnFuture(awaitable)
            todo.getOrPut(child) { readyItem { childDone(child) } }
        }
        todo.forEach { (child, callback) -> child.addCallback(callback) }
        timer = timeout?.takeUnless { todo.isEmpty() }?.let { Expiry(saturatedAdd(loop.nanoTime(), it)) }
        timer?.let(loop::schedule)
        left = todo.size
    }

    override fun iterator(): MutableIterator<Coroutine<T>> = object : MutableIterator<Coroutine<T>> {
        override fun hasNext(): Boolean = left > 0

        override fun next(): Coroutine<T> {
            if (left == 0) throw NoSuchElementException("every one of the awaitables was delivered")
            left--
            return oneShot()
        }

        override fun remove(): Unit = throw UnsupportedOperationException("remove")
    }

    private fun oneShot(): Coroutine<T> {
        var awaited = false
        fun use() {
            check(!awaited) { "cannot reuse already awaited coroutine: each element of asCompleted is awaited once" }
            awaited = true
        }

        val next = suspend {
            use()
            nextFinished().resultInBody()
        }
        return object : Operation<T>("asCompleted", next) {
            override fun closeUnstarted(): Throwable? = runCatching(::use).exceptionOrNull()
        }
    }

    override fun futures(): AsyncIterator<Future<T>> = object : ElementIterator<Future<T>>() {
        override fun advance(): Coroutine<Boolean> = Operation("asCompleted.futures") {
            if (left == 0) {
                leaveElement()
                false
            } else {
                left--
                @Suppress("UNCHECKED_CAST")
                found(nextFinished() as Future<T>)
            }
        }
    }

    /** The next child to be done; a getter that was woken and cancelled then passes the wake-up on. */
    private suspend fun nextFinished(): FutureImpl<out T> {
        while (finished.isEmpty()) {
            val getter = getters.join(loop)
            try {
                getters.stand(getter)
            } catch (e: Throwable) {
                if (finished.isNotEmpty() && getter.wasWoken) getters.wakeNext()
                throw e
            }
        }
        return finished.removeFirst() ?: throw TimeoutException()
    }

    private fun put(child: FutureImpl<out T>?) {
        finished.addLast(child)
        getters.wakeNext()
    }

    private fun childDone(child: FutureImpl<out T>) {
        if (todo.remove(child) == null) return // the timeout was first
        put(child)
        if (todo.isEmpty()) timer?.cancel()
    }

    private inner class Expiry(override val deadline: Long) :
        ReadyItem(),
        TimerEntry {
        private var cancelled = false
        override var scheduled: Boolean = false
        override val isCancelledTimer: Boolean get() = cancelled

        fun cancel() {
            cancelled = true
            if (scheduled) loop.timers.noteCancelled()
        }

        override fun run() {
            if (cancelled) return
            todo.forEach { (child, callback) ->
                child.removeCallback(callback)
                put(null)
            }
            todo.clear()
        }
    }

    override fun toString(): String = "<AsCompleted left=$left>"
}
