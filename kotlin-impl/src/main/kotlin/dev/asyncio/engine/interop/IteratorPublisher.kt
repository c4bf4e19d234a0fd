package dev.asyncio.engine.interop

import dev.asyncio.AsyncIterator
import dev.asyncio.CancelledError
import dev.asyncio.ExceptionContext
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.KotlinCoroutine
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.await.awaitSuspending
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.engine.tasks.asCancelledError
import dev.asyncio.engine.tasks.isFatal
import dev.asyncio.engine.tasks.release
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
            val subscription = Subscription(subscriber)
            if (loop.isOnLoop) subscription.start() else loop.deliver(subscription::start)
        }
    }

    private fun refuse(subscriber: Flow.Subscriber<*>, why: String) {
        subscriber.onSubscribe(NOTHING)
        subscriber.onError(IllegalStateException(why))
    }

    private inner class Subscription(private val subscriber: Flow.Subscriber<in T>) : Flow.Subscription {
        // Loop thread only.
        private var task: TaskImpl<*>? = null
        private var wanted = 0L
        private var more: FutureImpl<Unit>? = null

        /** What the subscriber did wrong. */
        private var fault: Throwable? = null

        /** Whether the iteration is over, so that nobody must disturb the clean-up. */
        private var ending = false

        // Any thread.
        @Volatile private var cancelled = false

        fun start() {
            task = loop.newTask(KotlinCoroutine<Unit> { run() }, null, null)
        }

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
            if (!ending && loop.currentTask !== task) task?.cancel(null)
        }

        private fun onLoop(action: () -> Unit) = if (loop.isOnLoop) action() else loop.deliver(action)

        // ---- what it is told

        private suspend fun run() {
            val failure =
                try {
                    tell { subscriber.onSubscribe(this) }
                    forward()
                    null
                } catch (e: Throwable) {
                    if (e.isFatal) throw e
                    e
                }
            ending = true
            val error = close() ?: fault ?: failure
            if (cancelled) return
            if (error != null) {
                tell { subscriber.onError(error.asCancelledError()) }
            } else {
                tell { subscriber.onComplete() }
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
                try {
                    awaitFuture(waiter)
                } finally {
                    more = null
                }
            }
            return false
        }

        /** What the clean-up fails with. */
        private suspend fun close(): Throwable? = try {
            awaitSuspending(iterator.close())
            null
        } catch (e: Throwable) {
            if (e.isFatal) throw e
            e
        }

        /** A subscriber that throws breaks the rules of Flow: it is told nothing more. */
        private inline fun tell(what: () -> Unit) {
            try {
                what()
            } catch (e: Throwable) {
                if (e.isFatal) throw e
                cancelled = true
                loop.callExceptionHandler(
                    ExceptionContext.builder("the subscriber $subscriber threw").exception(e).task(task!!).build(),
                )
            }
        }
    }

    override fun toString(): String = "<Publisher of $iterator>"

    private companion object {
        val NOTHING = object : Flow.Subscription {
            override fun request(n: Long) = Unit

            override fun cancel() = Unit
        }
    }
}
