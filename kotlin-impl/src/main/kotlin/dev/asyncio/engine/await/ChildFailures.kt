package dev.asyncio.engine.await

import dev.asyncio.engine.tasks.isCancellation
import kotlinx.coroutines.CoroutineExceptionHandler
import java.util.concurrent.CancellationException
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext

/** What coroutines fail with that were launched below a task: it ends the task, or else is reported. Any thread. */
internal class ChildFailures(private val epochs: Epochs) :
    AbstractCoroutineContextElement(CoroutineExceptionHandler),
    CoroutineExceptionHandler {
    /** What a child of the body has failed with first; the task will end with it. */
    private var ending: Throwable? = null
    private var isOver = false

    /** How many epochs are cancelled, but not over; and failures that nobody else need be told of until they are. */
    private var unsettled = 0
    private val told = ArrayList<Throwable>(0)

    @Synchronized
    fun epochEnding() {
        unsettled++
    }

    /**
     * All children of an epoch have ended; one has [failed], or none. kotlinx tells nobody else of an `async` or the
     * like that failed when it was cancelled already.
     */
    @Synchronized
    fun epochOver(failed: Throwable?) {
        if (failed != null && failed !is CancellationException) tellOnce(failed)
        if (--unsettled == 0) told.clear()
    }

    /** The body's own child has failed; whether the body is to be cancelled for it. */
    @Synchronized
    fun ofBody(cause: Throwable): Boolean {
        told += cause
        val first = ending
        when {
            isOver -> epochs.noteUnhandled(cause)
            first == null -> ending = cause
            first !== cause -> first.addSuppressed(cause)
        }
        return !isOver && first == null
    }

    /** kotlinx has nobody else to tell: a child of the body, which the body knows of, or one that nobody waits for. */
    @Synchronized
    override fun handleException(context: CoroutineContext, exception: Throwable) = tellOnce(exception)

    private fun tellOnce(failure: Throwable) {
        if (told.any { it === failure }) return
        if (unsettled > 0) told += failure
        epochs.noteUnhandled(failure)
    }

    /** The body is over, with [error] or none: what the task ends with. */
    @Synchronized
    fun end(error: Throwable?): Throwable? {
        isOver = true
        val failure = ending ?: return error
        if (error == null || error.isCancellation) return failure
        // What an await throws may be a copy of it, whose cause it is.
        if (error !== failure && error.cause !== failure) error.addSuppressed(failure)
        return error
    }
}
