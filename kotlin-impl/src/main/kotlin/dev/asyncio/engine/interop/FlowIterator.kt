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
    private var loop: LoopImpl? = null
    private var collector: TaskImpl<*>? = null
    private var finished = false

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
        if (finished) return false
        val loop = currentLoop()
        check(this.loop == null || this.loop === loop) { "$this is bound to a different event loop" }
        this.loop = loop
        val arriving = Arrival(loop)
        arrival = arriving
        try {
            // A demand that is done already is one of a collector that was cancelled, whose end is near.
            if (collector == null) startCollector(loop) else demand!!.let(::release)
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
        task.whenDone { collected(task) }
    }

    private fun collected(task: TaskImpl<*>) {
        val isClosing = finished // close() waits for the end, and throws what it failed with
        finished = true
        val arriving = arrival?.takeUnless { it.done() }
        when {
            task.hasResult -> arriving?.setResult(false)
            task.cancelled() && arriving?.isCancelled == true -> arriving.end(task.takeFailure().message)
            isClosing -> arriving?.setResult(false)
            arriving == null -> failure = task.takeFailure()
            task.cancelled() -> arriving.end(task.takeFailure().message)
            else -> arriving.fail(task.takeFailure())
        }
    }

    override fun close(): Coroutine<Void?> = Operation("flow.close") {
        finished = true
        val task = collector
        if (task != null && !task.done()) {
            cancelAndWait(task)
            if (task.isFailed) throw task.takeFailure().asCancellationException()
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
