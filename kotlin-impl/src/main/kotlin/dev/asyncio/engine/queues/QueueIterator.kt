package dev.asyncio.engine.queues

import dev.asyncio.AsyncIterator
import dev.asyncio.Coroutine
import dev.asyncio.QueueShutDownException
import dev.asyncio.engine.await.NOT_NOW
import dev.asyncio.engine.await.QuickOperation
import dev.asyncio.engine.internal.ElementIterator

/** The items of a queue as they are taken, until it is shut down and empty. Loop thread only. */
internal class QueueIterator<T>(private val queue: QueueImpl<T>) : ElementIterator<T>() {
    private val advancing = Advancing()

    override fun advance(): Coroutine<Boolean> = advancing

    private inner class Advancing : QuickOperation<Boolean>() {
        override fun now(): Any? {
            leaveElement()
            return if (queue.empty()) NOT_NOW else found(queue.take())
        }

        override suspend fun later(): Boolean = try {
            found(queue.awaitGet())
        } catch (_: QueueShutDownException) {
            false
        }

        override fun toString(): String = "items.advance"
    }

    override fun toString(): String = "<AsyncIterator of $queue>"
}
