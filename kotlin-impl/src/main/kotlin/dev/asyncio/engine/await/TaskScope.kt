package dev.asyncio.engine.await

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.TaskImpl
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.CoroutineExceptionHandler
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater
import kotlin.coroutines.Continuation
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext

/**
 * What Kotlin code in a task runs in: the completion of its body, its coroutine context and its scope. A task is all of
 * these itself, so that it takes one object. What it takes for the primitives of kotlinx to work there is made when
 * the first of them looks: see [Epochs].
 */
internal abstract class TaskScope<T>(loop: LoopImpl) :
    FutureImpl<T>(loop),
    Continuation<Any?>,
    CoroutineContext,
    CoroutineScope {
    // Any thread: kotlinx may look at a context from anywhere.
    @Volatile private var epochsOrNull: Epochs? = null

    private val epochs: Epochs get() = epochsOrNull ?: newEpochs()

    private fun newEpochs(): Epochs {
        val made = Epochs(task)
        if (!EPOCHS.compareAndSet(this, null, made)) return epochsOrNull!!
        loop.noteEpochs(this)
        return made
    }

    val task: TaskImpl<*> get() = this as TaskImpl<*>

    override val context: CoroutineContext get() = this
    override val coroutineContext: CoroutineContext get() = this

    @Suppress("UNCHECKED_CAST")
    override fun <E : CoroutineContext.Element> get(key: CoroutineContext.Key<E>): E? = when {
        key === Job -> epochs.job() as E
        key === TaskElement -> epochs.element as E
        key === CoroutineExceptionHandler -> epochs.failures as E
        key === CoroutineName -> epochs.name as E
        else -> loop.dispatcher[key]
    }

    override fun <R> fold(initial: R, operation: (R, CoroutineContext.Element) -> R): R =
        epochs.elements.fold(initial, operation)

    override fun minusKey(key: CoroutineContext.Key<*>): CoroutineContext =
        if (this[key] == null) this else fold(EmptyCoroutineContext, CoroutineContext::plus).minusKey(key)

    // ---- loop thread only

    /** Ends the epoch; false if that does not reach the body. */
    fun cancelEpoch(message: String?): Boolean = epochsOrNull?.cancel(message) ?: false

    /** kotlinx dispatches a step of this task's own body, or of a coroutine below it. Any thread. */
    fun noteDispatch(context: CoroutineContext, block: Runnable) {
        if (block.beginsCancelled) epochsOrNull?.noteCancelled(context)
    }

    /**
     * Whether this step of the body begins with a cancellation that may still come before it. Not if one has come
     * already and could not end the wait, of a bare continuation for instance: that is for the next wait. Any thread.
     */
    fun mayBeginCancelled(block: Runnable): Boolean = block is CancellableContinuation<*> || !task.mustCancelForeign

    /** Runs a step of this task's own body that kotlinx dispatched. As in asyncio, two cancellations before it are one. */
    fun runDispatched(block: Runnable) {
        if (task.mustCancelForeign) {
            if (!block.beginsCancelled) return epochs.runCancelled(block)
            task.takeMustCancel()
        }
        block.run()
    }

    private val Runnable.beginsCancelled: Boolean get() = this is CancellableContinuation<*> && isCancelled

    /** The body is over, with [error] or none: what the task ends with. What was launched is cancelled. */
    protected fun endEpochs(error: Throwable?): Throwable? {
        val epochs = epochsOrNull ?: return error
        loop.forgetEpochs(this)
        return epochs.end(error)
    }

    /** The loop is closed, and this task will not end: what it has launched has to. */
    fun loopClosed() {
        epochsOrNull?.cancelChildren()
    }

    /** Ends what was launched in this scope, and waits for it; [cancelRest] cancels what that may wait for. */
    suspend fun cancelAndJoinChildren(cancelRest: () -> Unit) {
        epochsOrNull?.cancelAndJoinChildren(cancelRest)
    }

    /** Whether a coroutine below this task runs, or is about to, on another dispatcher than the loop's. */
    val waitsElsewhere: Boolean get() = epochsOrNull?.hasJobElsewhere ?: false

    /** Whether [job] is one of those below this task. */
    fun isAbove(job: Job): Boolean = epochsOrNull?.isAbove(job) ?: false

    private companion object {
        val EPOCHS: AtomicReferenceFieldUpdater<TaskScope<*>, Epochs> =
            AtomicReferenceFieldUpdater.newUpdater(TaskScope::class.java, Epochs::class.java, "epochsOrNull")
    }
}
