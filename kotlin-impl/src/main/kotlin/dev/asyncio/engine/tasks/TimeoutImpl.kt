package dev.asyncio.engine.tasks

import dev.asyncio.Coroutine
import dev.asyncio.ExceptionGroup
import dev.asyncio.TimeoutException
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.awaitSuspending
import dev.asyncio.engine.await.currentTaskOrNull
import dev.asyncio.engine.loop.ReadyItem
import dev.asyncio.engine.loop.TimerEntry
import dev.asyncio.engine.loop.toNanosSaturated
import dev.asyncio.engine.runningLoop
import dev.asyncio.spi.TimeoutPeer
import java.time.Duration

/**
 * asyncio's Timeout: cancels the task it was entered in at a deadline, and turns that cancellation into a
 * [TimeoutException].
 */
internal class TimeoutImpl(private var deadline: Long?) : TimeoutPeer {
    /*
     * CREATED --enter--> ACTIVE --deadline--> EXPIRING --leave--> EXPIRED
     *                    ACTIVE --leave--> FINISHED
     */
    private enum class State { CREATED, ACTIVE, EXPIRING, EXPIRED, FINISHED }

    private var state = State.CREATED
    private var expiry: Expiry? = null
    private var task: TaskImpl<*>? = null
    private var cancellingBefore = 0

    override fun <T> enter(body: Coroutine<T>): Coroutine<T> = Operation("Timeout.enter") {
        within { awaitSuspending(body) }
    }

    override fun `when`(): Duration? = deadline?.let(Duration::ofNanos)

    override fun expired(): Boolean = state == State.EXPIRING || state == State.EXPIRED

    override fun reschedule(`when`: Duration?) {
        check(state != State.CREATED) { "Timeout has not been entered" }
        check(state == State.ACTIVE) { "Cannot change state of ${state.name.lowercase()} Timeout" }
        check(runningLoop() === task!!.loop) { "$this belongs to another loop than the running one" }
        scheduleExpiry(`when`?.toNanosSaturated())
    }

    suspend inline fun <T> within(body: () -> T): T {
        begin(currentTaskOrNull())
        val value =
            try {
                body()
            } catch (e: Throwable) {
                throw endWith(e)
            }
        end()
        return value
    }

    fun begin(current: TaskImpl<*>?) {
        check(state == State.CREATED) { "Timeout has already been entered" }
        checkNotNull(current) { "Timeout should be used inside a task" }
        state = State.ACTIVE
        task = current
        cancellingBefore = current.cancelling()
        scheduleExpiry(deadline)
    }

    /** The block is over without an error, but a cancellation by this timeout may have been deferred in it. */
    fun end() {
        val deferred = task!!.isCancellationDeferred // taking it back forgets that
        if (leave() && deferred) throw TimeoutException(null, task!!.cancelledError())
    }

    /** The block is over. True if the deadline has passed and nobody else has cancelled the task. */
    private fun leave(): Boolean {
        expiry?.cancel()
        expiry = null
        if (state != State.EXPIRING) {
            state = State.FINISHED
            return false
        }
        state = State.EXPIRED
        val alone = task!!.uncancel() <= cancellingBefore
        if (alone) task!!.dropDeferredCancellation()
        return alone
    }

    /** The block is over with [error]: what leaves it instead. */
    fun endWith(error: Throwable): Throwable {
        if (!leave()) return error
        if (error.isCancellation) return TimeoutException(null, error.asCancelledError())
        // Python would show the timeout in the chain of contexts of what the block raised while it was cancelled.
        error.addSuppressed(TimeoutException())
        if (error is ExceptionGroup) error.exceptions().forEach { it.addSuppressed(TimeoutException()) }
        return error
    }

    private fun scheduleExpiry(at: Long?) {
        deadline = at
        expiry?.cancel()
        expiry = null
        if (at == null) return
        val loop = task!!.loop
        val next = Expiry(at)
        expiry = next
        if (at <= loop.nanoTime()) loop.ready.add(next) else loop.schedule(next)
    }

    private inner class Expiry(override val deadline: Long) :
        ReadyItem(),
        TimerEntry {
        private var cancelled = false
        override var scheduled: Boolean = false
        override val isCancelledTimer: Boolean get() = cancelled

        fun cancel() {
            cancelled = true
            if (scheduled) task!!.loop.timers.noteCancelled()
        }

        override fun run() {
            if (cancelled) return
            task!!.cancel(null)
            state = State.EXPIRING
            expiry = null
        }
    }

    override fun toString(): String =
        "<Timeout [${state.name.lowercase()}]${if (state == State.ACTIVE) " when=${`when`()}" else ""}>"
}
