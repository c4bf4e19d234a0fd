package dev.asyncio.engine.queues

import dev.asyncio.AsyncIterator
import dev.asyncio.Coroutine
import dev.asyncio.QueueShutDownException
import dev.asyncio.engine.await.NOT_NOW
import dev.asyncio.engine.await.QuickOperation

/** The items of a queue as they are taken, until it is shut down and empty. Loop thread only. */
internal class QueueIterator<T>(private val queue: QueueImpl<T>) : AsyncIterator<T> {
    private val advancing = Advancing()
    private var found = false
    private var item: T? = null

    override fun advance(): Coroutine<Boolean> = advancing

    @Suppress("UNCHECKED_CAST")
    override fun current(): T {
        check(found) { "there is no current element: await advance() first, and see that it is true" }
        return item as T
    }

    private fun take(next: T): Boolean {
        found = true
        item = next
        return true
    }

    private inner class Advancing : QuickOperation<Boolean>() {
        override fun now(): Any? {
            found = false
            item = null
            return if (queue.empty()) NOT_NOW else take(queue.getNowait())
        }

        override suspend fun later(): Boolean = try {
            take(queue.awaitGet())
        } catch (_: QueueShutDownException) {
            false
        }

        override fun toString(): String = "items.advance"
    }

    override fun toString(): String = "<AsyncIterator of $queue>"
}
