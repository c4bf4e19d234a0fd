package dev.asyncio.engine.tasks

import dev.asyncio.Awaitable
import dev.asyncio.CancelledError
import dev.asyncio.Outcome
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.loop.ReadyItem
import dev.asyncio.engine.loop.readyItem

/**
 * asyncio's gather: a future of its children's results in the order of the arguments. It is not a task: cancelling it
 * cancels the children and waits for what becomes of them.
 *
 * @param outcomes whether failures are part of the result (`return_exceptions=True`): then the list holds [Outcome]s
 */
internal class GatherFuture<R>(
    loop: LoopImpl,
    size: Int,
    private val outcomes: Boolean,
) : FutureImpl<List<R>>(loop) {
    private val children = ArrayList<FutureImpl<*>>(size)

    /** Children that are not done; one that is given twice counts once. */
    private var left = 0
    private var cancelRequested = false

    override fun cancel(message: String?): Boolean {
        if (done()) return false
        var any = false
        for (child in children) if (child.cancel(message)) any = true
        if (any) cancelRequested = true
        return any
    }

    /**
     * Starts what is not started yet, in order, and watches it in the same pass: ten thousand tasks do not stay in a
     * cache until the next one. Children that are done count at once, in order, after callbacks on the others are in place.
     */
    private fun watch(awaitables: Collection<Awaitable<*>>) {
        val watch = Watch()
        var done: LinkedHashSet<FutureImpl<*>>? = null
        for (awaitable in awaitables) {
            val child = loop.ensureOwnFuture(awaitable)
            if (child !== awaitable) (child as TaskImpl).logDestroyPending = false
            children.add(child)
            if (child.done()) {
                (done ?: LinkedHashSet<FutureImpl<*>>().also { done = it }).add(child)
            } else if (child.addCallbackOnce(watch)) {
                left++
            }
        }
        val early = done ?: return
        left += early.size
        for (child in early) if (child.hasResult) childHasResult() else childHasNone(child)
    }

    /** Nobody has got it: what becomes of the children is not to be reported as its own failure. */
    private fun giveUp() = complete(CANCELLED, null)

    private inner class Watch : FutureCallback() {
        override fun handleOf(future: FutureImpl<*>): ReadyItem =
            if (future.hasResult) this else readyItem { childHasNone(future) }

        override fun run() = childHasResult()
    }

    private fun childHasResult() {
        left--
        if (!done()) completeIfLast()
    }

    private fun childHasNone(child: FutureImpl<*>) {
        left--
        when {
            done() -> child.markRetrieved() // nobody else will look at it
            outcomes -> completeIfLast()
            else -> fail(child.takeFailure()) // even if the child was cancelled: this future is not, by that
        }
    }

    private fun completeIfLast() {
        if (left > 0) return
        val results = children.map { if (outcomes) outcomeOf(it) else it.unsafeValue() }
        @Suppress("UNCHECKED_CAST")
        if (cancelRequested) fail(children.last().makeCancelledError()) else setResult(results as List<R>)
    }

    private fun outcomeOf(child: FutureImpl<*>): Outcome<Any?> = when {
        child.cancelled() -> Outcome.failure(CancelledError(child.cancelMessage()))
        child.isFailed -> Outcome.failure(child.takeFailure())
        else -> Outcome.success(child.unsafeValue())
    }

    companion object {
        /** A future given twice counts once and stands twice in the result. */
        fun <R> of(loop: LoopImpl, awaitables: Collection<Awaitable<*>>, outcomes: Boolean): FutureImpl<List<R>> {
            if (awaitables.isEmpty()) return loop.createFuture<List<R>>().apply { setResult(emptyList()) }
            val gathered = GatherFuture<R>(loop, awaitables.size, outcomes)
            try {
                gathered.watch(awaitables)
            } catch (e: Throwable) {
                gathered.giveUp()
                throw e
            }
            return gathered
        }
    }
}
