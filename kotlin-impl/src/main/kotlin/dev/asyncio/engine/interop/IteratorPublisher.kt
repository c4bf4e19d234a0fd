package dev.asyncio.engine.interop

import dev.asyncio.AsyncIterator
import dev.asyncio.ExceptionContext
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.KotlinCoroutine
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.await.awaitSuspending
import dev.asyncio.engine.iteration.closeAfter
import dev.asyncio.engine.loop.Undelivered
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.engine.tasks.asCancelledError
import dev.asyncio.engine.tasks.isCancellation
import dev.asyncio.engine.tasks.isFatal
import dev.asyncio.engine.tasks.outOfBody
import dev.asyncio.engine.tasks.release
import dev.asyncio.engine.tasks.whenDone
import dev.asyncio.engine.threads.deliver
import java.util.Objects
import java.util.concurrent.Flow
import java.util.concurrent.atomic.AtomicBoolean

/**
 * An iterator as a publisher of the JDK, for one subscriber: a task of [loop] advances it once for each element that
 * was asked for. Thread-safe.
 */
internal class IteratorPublisher<T : Any>(private val loop: LoopImpl, private val iterator: AsyncIterator<out T>) :
    Flow.Publisher<T> {
    private val taken = AtomicBoolean()

    override fun subscribe(subscriber: Flow.Subscriber<in T>) {
        if (!taken.compareAndSet(false, true)) {
            refuse(subscriber, "$this has a subscriber already: an iterator can be gone through once")
        } else if (loop.isClosed()) {
            refuse(subscriber, "Event loop is closed")
        } else {
            Subscription(subscriber).begin()
        }
    }

    private fun refuse(subscriber: Flow.Subscriber<*>, why: String) {
        subscriber.onSubscribe(NOTHING)
        subscriber.onError(IllegalStateException(why))
    }

    private inner class Subscription(private val subscriber: Flow.Subscriber<in T>) :
        Flow.Subscription,
        Undelivered {
        // Loop thread only.
        private var task: TaskImpl<*>? = null
        private var wanted = 0L
        private var more: FutureImpl<Unit>? = null

        /** What the subscriber did wrong. */
        private var fault: Throwable? = null

        /** Whether the iteration is over or has been told to stop, so that nobody must disturb the clean-up. */
        private var stopped = false
        private var isSubscribed = false

        // Any thread.
        @Volatile private var cancelled = false

        fun begin() {
            loop.dependents.add(this)
            if (loop.isClosed()) loopClosed() else onLoop(::start)
        }

        private fun start() {
            val task = loop.newTask(KotlinCoroutine<Unit> { run() }, null, null)
            this.task = task
            task.whenDone { end(task.failureOrNull()) } // it may have been cancelled before its first step
        }

        override fun loopClosed() = end(IllegalStateException("Event loop is closed"))

        // ---- what the subscriber says

        override fun request(n: Long) = onLoop {
            if (n > 0) {
                wanted = if (wanted + n < 0) Long.MAX_VALUE else wanted + n
                more?.let(::release)
            } else if (!cancelled && fault == null) {
                fault = IllegalArgumentException("request($n): the number of elements has to be positive")
                stop()
            }
        }

        override fun cancel() {
            cancelled = true
            onLoop(::stop)
        }

        private fun stop() {
            // From inside of one of the subscriber's methods it is seen when that returns.
            if (stopped || loop.currentTask === task) return
            stopped = true
            task?.cancel(null)
        }

        private fun onLoop(action: () -> Unit) = if (loop.isOnLoop) action() else loop.deliver(action)

        // ---- what it is told

        private suspend fun run() {
            subscribe()
            val error = iterate()
            val failure = error?.takeUnless { it.isCancellation }?.outOfBody()
            if (cancelled && failure != null) {
                report("the iterator of $subscriber, which has cancelled, failed", failure)
            }
            val fault = fault
            if (fault != null && failure != null) fault.addSuppressed(failure)
            end(fault ?: error)
        }

        /** What the iterator fails with, the clean-up included. */
        private suspend fun iterate(): Throwable? = try {
            forwardAndClose()
            null
        } catch (e: Throwable) {
            if (e.isFatal) throw e
            e
        }

        private suspend fun forwardAndClose() {
            try {
                forward()
            } catch (e: Throwable) {
                if (e.isFatal) throw e
                if (!stopped || !e.isCancellation) {
                    stopped = true
                    closeAfter(e) { iterator.close() }
                    throw e
                }
                task!!.keepsCancellation() // it has done what it was for
            }
            stopped = true
            awaitSuspending(iterator.close())
        }

        private fun subscribe() {
            isSubscribed = true
            tell { subscriber.onSubscribe(this) }
        }

        /** The last word, once: nothing more will come, because of [error] or because that was all. */
        private fun end(error: Throwable?) {
            if (!loop.dependents.remove(this)) return
            if (!isSubscribed) subscribe()
            when {
                cancelled -> return
                error == null -> tell { subscriber.onComplete() }
                else -> tell { subscriber.onError(error.asCancelledError()) }
            }
        }

        private suspend fun forward() {
            while (isWanted()) {
                if (!awaitSuspending(iterator.advance())) return
                val item = Objects.requireNonNull(iterator.current(), "a publisher has no null elements")
                tell { subscriber.onNext(item) }
            }
        }

        /** Waits until an element is wanted; false if none will be any more. */
        private suspend fun isWanted(): Boolean {
            while (!cancelled && fault == null) {
                if (wanted == Long.MAX_VALUE) return true // as good as without end, says Flow
                if (wanted > 0) {
                    wanted--
                    return true
                }
                val waiter = FutureImpl<Unit>(loop)
                more = waiter
                loop.signalsExpected++
                try {
                    awaitFuture(waiter)
                } finally {
                    loop.signalsExpected--
                    more = null
                }
            }
            return false
        }

        /** A subscriber that throws breaks the rules of Flow: it is told nothing more. */
        private inline fun tell(what: () -> Unit) {
            try {
                what()
            } catch (e: Throwable) {
                cancelled = true
                if (e.isFatal) throw e
                report("the subscriber $subscriber threw", e)
            }
        }

        private fun report(message: String, error: Throwable) =
            loop.callExceptionHandler(ExceptionContext.builder(message).exception(error).task(task).build())
    }

    override fun toString(): String = "<Publisher of $iterator>"

    private companion object {
        val NOTHING = object : Flow.Subscription {
            override fun request(n: Long) = Unit

            override fun cancel() = Unit
        }
    }
}
