package dev.asyncio.engine.interop

import dev.asyncio.AsyncIterator
import dev.asyncio.CancelledError
import dev.asyncio.Coroutine
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.KotlinCoroutine
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.await.currentLoop
import dev.asyncio.engine.internal.ElementIterator
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.engine.tasks.asCancellationException
import dev.asyncio.engine.tasks.cancelAndWait
import dev.asyncio.engine.tasks.isCancellation
import dev.asyncio.engine.tasks.release
import dev.asyncio.engine.tasks.whenDone
import kotlinx.coroutines.flow.Flow

/**
 * A flow of kotlinx as an iterator. It is collected in a task of its own, which stands still between two elements: the
 * coroutine that collects a flow has one context and one Job from beginning to end, and those of the consumer could
 * change with each element. Loop thread only.
 */
internal class FlowIterator<T>(private val flow: Flow<T>) : ElementIterator<T>() {
    /*
     * CREATED --advance--> COLLECTING --close--> CLOSING
     * CREATED --close--> FINISHED
     * COLLECTING, CLOSING --the collector is over--> FINISHED
     */
    private enum class State { CREATED, COLLECTING, CLOSING, FINISHED }

    private var state = State.CREATED
    private var loop: LoopImpl? = null
    private var collector: TaskImpl<*>? = null

    /** What the flow ended with while nobody waited, also if whoever waited was cancelled in the same step. */
    private var failure: Throwable? = null

    /** What the consumer waits for while it advances. */
    private var arrival: Arrival? = null

    /** What the collector waits for between two elements. */
    private var demand: FutureImpl<Unit>? = null

    /** Whether the element came for an advance that was cancelled in the same step: the next one gets it. */
    private var isEarly = false

    override fun advance(): Coroutine<Boolean> = Operation("flow.advance") { next() }

    private suspend fun next(): Boolean {
        check(arrival == null) { "$this is being advanced already: await one advance() at a time" }
        if (isEarly) {
            isEarly = false
            return true
        }
        leaveElement()
        failure?.let {
            failure = null
            throw it.asCancellationException()
        }
        if (state == State.CLOSING || state == State.FINISHED) return false
        val loop = currentLoop()
        check(this.loop == null || this.loop === loop) { "$this is bound to a different event loop" }
        this.loop = loop
        val arriving = Arrival(loop)
        arrival = arriving
        try {
            // A demand that is done already is one of a collector that was cancelled, whose end is near.
            if (state == State.CREATED) startCollector(loop) else demand!!.let(::release)
            return awaitFuture(arriving)
        } catch (e: Throwable) {
            isEarly = hasElement
            if (e.isCancellation && arriving.isFailed) failure = arriving.takeFailure()
            throw e
        } finally {
            arrival = null
        }
    }

    private fun startCollector(loop: LoopImpl) {
        val task = loop.newTask(
            KotlinCoroutine<Unit> {
                flow.collect { value ->
                    val wanted = FutureImpl<Unit>(loop)
                    demand = wanted
                    found(value)
                    arrival?.let { if (!it.done()) it.setResult(true) }
                    awaitFuture(wanted)
                }
            },
            null,
            null,
        )
        collector = task
        state = State.COLLECTING
        task.whenDone { collected(task) }
    }

    private fun collected(task: TaskImpl<*>) {
        val before = state
        state = State.FINISHED
        val arriving = arrival?.takeUnless { it.done() }
        when (before) {
            State.COLLECTING -> ended(task, arriving)
            State.CLOSING -> closed(task, arriving)
            else -> Unit // close() has seen it first
        }
    }

    /** What the flow ended with is for whoever waits for an element, else for whoever comes next. */
    private fun ended(task: TaskImpl<*>, arriving: Arrival?) {
        val error = if (task.hasResult) null else task.takeFailure()
        when {
            arriving == null -> failure = error
            error == null -> arriving.setResult(false)
            task.cancelled() -> arriving.end(error.message)
            else -> arriving.fail(error)
        }
    }

    /** What the flow failed with is for close() to throw. */
    private fun closed(task: TaskImpl<*>, arriving: Arrival?) {
        if (task.cancelled() && arriving?.isCancelled == true) {
            arriving.end(task.takeFailure().message)
        } else {
            arriving?.setResult(false)
        }
    }

    override fun close(): Coroutine<Void?> = Operation("flow.close") {
        isEarly = false
        leaveElement()
        val task = collector
        when {
            task == null -> state = State.FINISHED
            task.done() -> collected(task) // which may be still to be called
            else -> {
                state = State.CLOSING
                cancelAndWait(task)
                if (task.isFailed) throw task.takeFailure().asCancellationException()
            }
        }
        failure?.takeUnless { it is CancelledError }?.let {
            failure = null
            throw it.asCancellationException()
        }
        null
    }

    /** To cancel the consumer is to cancel the collector, whose end it then waits for: as if they were one task. */
    private inner class Arrival(loop: LoopImpl) : FutureImpl<Boolean>(loop) {
        var isCancelled = false
            private set

        override fun cancel(message: String?): Boolean =
            (!done() && collector!!.cancel(message)).also { if (it) isCancelled = true }

        fun end(message: String?) {
            super.cancel(message)
        }
    }

    override fun toString(): String = "<AsyncIterator of $flow>"
}
