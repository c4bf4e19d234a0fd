package dev.asyncio.engine.await

import dev.asyncio.engine.tasks.TaskImpl
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.CoroutineExceptionHandler
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlin.coroutines.Continuation
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext

/**
 * What Kotlin code in a task runs in: the completion of its body, its coroutine context and its scope, in one object.
 * What it takes for the primitives of kotlinx to work there is made when the first of them looks: see [Epochs].
 */
internal class TaskScope(
    @JvmField val task: TaskImpl<*>,
) : Continuation<Any?>,
    CoroutineContext,
    CoroutineScope {
    // Any thread: kotlinx may look at a context from anywhere.
    @Volatile private var epochsOrNull: Epochs? = null

    private val epochs: Epochs
        get() = epochsOrNull ?: synchronized(this) {
            epochsOrNull ?: Epochs(this).also { epochsOrNull = it }
        }

    override val context: CoroutineContext get() = this
    override val coroutineContext: CoroutineContext get() = this

    override fun resumeWith(result: Result<Any?>) = task.end(result)

    @Suppress("UNCHECKED_CAST")
    override fun <E : CoroutineContext.Element> get(key: CoroutineContext.Key<E>): E? = when {
        key === Job -> epochs.job() as E
        key === TaskElement -> epochs.element as E
        key === CoroutineExceptionHandler -> epochs.failures as E
        key === CoroutineName -> epochs.name as E
        else -> task.loop.dispatcher[key]
    }

    override fun <R> fold(initial: R, operation: (R, CoroutineContext.Element) -> R): R =
        epochs.elements.fold(initial, operation)

    override fun minusKey(key: CoroutineContext.Key<*>): CoroutineContext =
        if (this[key] == null) this else fold(EmptyCoroutineContext, CoroutineContext::plus).minusKey(key)

    // ---- loop thread only

    /** Ends the epoch; false if that does not reach the body. */
    fun cancelEpoch(message: String?): Boolean = epochsOrNull?.cancel(message) ?: false

    /** kotlinx dispatches a step of this task's own body. Any thread. */
    fun noteDispatch(block: Runnable) {
        if (block.beginsCancelled) epochsOrNull?.reached = true
    }

    /** Runs a step of this task's own body that kotlinx dispatched. As in asyncio, two cancellations before it are one. */
    fun runDispatched(block: Runnable) =
        if (task.takeMustCancel() && !block.beginsCancelled) epochs.runCancelled(block) else block.run()

    private val Runnable.beginsCancelled: Boolean get() = this is CancellableContinuation<*> && isCancelled

    /** The body is over, with [error] or none: what the task ends with. What was launched is cancelled. */
    fun end(error: Throwable?): Throwable? {
        val epochs = epochsOrNull ?: return error
        return epochs.end(error)
    }

    /** The loop is closed. */
    fun cancelChildren() {
        epochsOrNull?.cancelChildren()
    }

    /** Ends what was launched in this scope, and waits for it. */
    suspend fun cancelAndJoinChildren() {
        epochsOrNull?.cancelAndJoinChildren()
    }

    /** Whether a coroutine below this task runs, or is about to, on another dispatcher than the loop's. */
    val hasJobElsewhere: Boolean get() = epochsOrNull?.hasJobElsewhere ?: false

    override fun toString(): String = "<TaskScope of $task>"
}
