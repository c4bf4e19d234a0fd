package dev.asyncio.engine.tasks

import dev.asyncio.Awaitable
import dev.asyncio.CancelledError
import dev.asyncio.Outcome
import dev.asyncio.engine.LoopImpl
import java.util.IdentityHashMap

/**
 * asyncio's gather: a future of its children's results in the order of the arguments. It is not a task: cancelling it
 * cancels the children and waits for what becomes of them.
 *
 * @param outcomes whether failures are part of the result (`return_exceptions=True`): then the list holds [Outcome]s
 */
internal class GatherFuture<R>(
    loop: LoopImpl,
    private val children: List<FutureImpl<*>>,
    private val distinct: Int,
    private val outcomes: Boolean,
) : FutureImpl<List<R>>(loop) {
    private var finished = 0
    private var cancelRequested = false

    override fun cancel(message: String?): Boolean {
        if (done()) return false
        var any = false
        for (child in children) if (child.cancel(message)) any = true
        if (any) cancelRequested = true
        return any
    }

    fun childDone(child: FutureImpl<*>) {
        finished++
        if (done()) {
            child.markRetrieved() // nobody else will look at it
            return
        }
        if (!outcomes && (child.cancelled() || child.isFailed)) {
            fail(child.takeFailure()) // a cancelled child is a failure of this future, which is not cancelled by it
            return
        }
        if (finished < distinct) return
        val results = children.map { if (outcomes) outcomeOf(it) else it.unsafeValue() }
        @Suppress("UNCHECKED_CAST")
        if (cancelRequested) fail(children.last().makeCancelledError()) else setResult(results as List<R>)
    }

    private fun outcomeOf(child: FutureImpl<*>): Outcome<Any?> = when {
        child.cancelled() -> Outcome.failure(CancelledError(child.cancelMessage()))
        child.isFailed -> Outcome.failure(child.takeFailure())
        else -> Outcome.success(child.unsafeValue())
    }

    private class ChildDone(private val gather: GatherFuture<*>, private val child: FutureImpl<*>) : Runnable {
        override fun run() = gather.childDone(child)
    }

    companion object {
        /**
         * Starts what is not started yet, in order; a future given twice counts once and stands twice in the result.
         */
        fun <R> of(loop: LoopImpl, awaitables: Collection<Awaitable<*>>, outcomes: Boolean): FutureImpl<List<R>> {
            if (awaitables.isEmpty()) return loop.createFuture<List<R>>().apply { setResult(emptyList()) }
            val children = ArrayList<FutureImpl<*>>(awaitables.size)
            var seen: IdentityHashMap<FutureImpl<*>, Unit>? = null
            var distinct = 0
            for (awaitable in awaitables) {
                val child = loop.ensureOwnFuture(awaitable)
                children.add(child)
                if (child === awaitable) {
                    val known = seen ?: IdentityHashMap<FutureImpl<*>, Unit>().also { seen = it }
                    if (known.put(child, Unit) != null) continue
                }
                distinct++
            }
            val gather = GatherFuture<R>(loop, children, distinct, outcomes)
            gather.watch()
            return gather
        }
    }

    /** Children that are done count at once, in order, after callbacks on the others are in place. */
    private fun watch() {
        var done: ArrayList<FutureImpl<*>>? = null
        val watched = if (distinct == children.size) null else IdentityHashMap<FutureImpl<*>, Unit>()
        for (child in children) {
            if (watched != null && watched.put(child, Unit) != null) continue
            if (child.done()) {
                (done ?: ArrayList<FutureImpl<*>>().also { done = it }).add(child)
            } else {
                child.addCallback(ChildDone(this, child))
            }
        }
        done?.forEach(::childDone)
    }
}
