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

    /*
     * CREATED --onSubscribe--> FORWARDING --no more elements, none is wanted any more, a failure--> CLOSING
     *
     * In CLOSING the subscriber cannot cancel the task, which waits for the clean-up. In any state the task may end or
     * the loop be closed: the first to take the subscription out of the loop's dependents has the last word.
     */
    private enum class State { CREATED, FORWARDING, CLOSING }

    private inner class Subscription(private val subscriber: Flow.Subscriber<in T>) :
        Flow.Subscription,
        Undelivered {
        // Loop thread only, or the one that tells that the loop is closed.
        private var state = State.CREATED
        private var task: TaskImpl<*>? = null
        private var wanted = 0L
        private var more: FutureImpl<Unit>? = null

        /** What the subscriber did wrong. */
        private var fault: Throwable? = null

        // Any thread.
        @Volatile private var cancelled = false

        fun begin() {
            loop.dependents.add(this)
            if (loop.isClosed()) loopClosed() else loop.runOnLoop(::start)
        }

        private fun start() {
            val task = loop.newTask(KotlinCoroutine<Unit> { run() }, null, null)
            this.task = task
            task.whenDone { end(task.failureOrNull()) } // it may have been cancelled before its first step
        }

        override fun loopClosed() = end(IllegalStateException("Event loop is closed"))

        // ---- what the subscriber says

        override fun request(n: Long) = loop.runOnLoop {
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
            loop.runOnLoop(::stop)
        }

        private fun stop() {
            // From inside of one of the subscriber's methods it is seen when that returns.
            if (state == State.CLOSING || loop.currentTask === task) return
            state = State.CLOSING
            task?.cancel(null)
        }

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

        /** Forwards what is wanted and closes the iterator; what that fails with. */
        private suspend fun iterate(): Throwable? {
            val error = failureOf { forward() }
            val isStopped = state == State.CLOSING && error?.isCancellation == true
            state = State.CLOSING
            if (error != null && !isStopped) return failureOf { closeAfter(error) { iterator.close() } } ?: error
            if (isStopped) task!!.keepsCancellation() // it has done what it was for
            return failureOf { awaitSuspending(iterator.close()) }
        }

        private inline fun failureOf(action: () -> Unit): Throwable? = try {
            action()
            null
        } catch (e: Throwable) {
            if (e.isFatal) throw e
            e
        }

        private fun subscribe() {
            state = State.FORWARDING
            tell { subscriber.onSubscribe(this) }
        }

        /** The last word, once: nothing more will come, because of [error] or because that was all. */
        private fun end(error: Throwable?) {
            if (!loop.dependents.remove(this)) return
            if (state == State.CREATED) subscribe()
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
