package dev.asyncio.engine.await

import dev.asyncio.CancelledError
import dev.asyncio.engine.tasks.CancelledInBody
import dev.asyncio.engine.tasks.TaskImpl
import kotlinx.coroutines.CompletableJob
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.Continuation
import kotlin.coroutines.CoroutineContext

/**
 * What Kotlin code in a task runs in: the completion of its body, its coroutine context and its scope, in one object.
 *
 * kotlinx finds its Job here. A Job that is cancelled stays so, while asyncio's cancellation is delivered once; so
 * each cancellation ends an *epoch*: the Job of the current epoch is replaced by a fresh one first and cancelled
 * then. What is suspended belongs to the old Job and is cancelled, what runs next sees the new one. No Job is made
 * for a body that never asks for one.
 */
internal class TaskScope(
    @JvmField val task: TaskImpl<*>,
) : Continuation<Any?>,
    CoroutineContext,
    CoroutineScope {
    // Loop thread only, but kotlinx may look at a context from anywhere.
    @Volatile private var epoch: CompletableJob? = null

    @Volatile private var element: TaskElement? = null

    /** A cancelled Job to be seen by the dispatched step that comes up, and by nobody after it. */
    private var lastOfEpoch: Job? = null

    /** Whether the cancellation that goes on has made kotlinx dispatch something. */
    private var reached = false

    override val context: CoroutineContext get() = this
    override val coroutineContext: CoroutineContext get() = this

    override fun resumeWith(result: Result<Any?>) = task.end(result)

    @Suppress("UNCHECKED_CAST")
    override fun <E : CoroutineContext.Element> get(key: CoroutineContext.Key<E>): E? = when {
        key === Job -> job() as E
        key === TaskElement -> element() as E
        else -> task.loop.dispatcher[key]
    }

    override fun <R> fold(initial: R, operation: (R, CoroutineContext.Element) -> R): R =
        operation(operation(operation(initial, element()), job()), task.loop.dispatcher)

    override fun minusKey(key: CoroutineContext.Key<*>): CoroutineContext =
        if (this[key] == null) this else (element() + job() + task.loop.dispatcher).minusKey(key)

    private fun element(): TaskElement = element ?: TaskElement(this).also { element = it }

    private fun job(): Job {
        lastOfEpoch?.let {
            lastOfEpoch = null
            return it
        }
        return epoch ?: Job().also { epoch = it }
    }

    /**
     * Ends the epoch; false if that reached nothing: no primitive of kotlinx waits under its Job (NonCancellable, a
     * continuation that cannot be cancelled), or what waited is resumed already.
     */
    fun cancelEpoch(message: String?): Boolean {
        val old = epoch ?: return false
        val hasChildren = old.children.any()
        epoch = Job()
        reached = false
        old.cancel(CancelledInBody(CancelledError(message)))
        return reached || hasChildren
    }

    /** kotlinx dispatches a step of this task's own body. */
    fun noteDispatch() {
        reached = true
    }

    /**
     * Runs a step that kotlinx dispatched. If a cancel came after the dispatch, the step has to begin with the
     * cancellation instead of the value, as in asyncio: kotlinx asks for the Job once, before it resumes, and sees
     * one that is cancelled.
     */
    fun runDispatched(block: Runnable) {
        if (!task.takeMustCancel()) return block.run()
        val ended = Job().apply { cancel(CancelledInBody(task.cancelledError())) }
        lastOfEpoch = ended
        block.run()
        if (lastOfEpoch === ended) {
            lastOfEpoch = null
            task.restoreMustCancel()
        }
    }

    /** The body is over: what it launched and did not wait for ends with it. */
    fun end() {
        epoch?.cancel()
    }

    /** Ends what was launched in this scope, and waits for it. */
    suspend fun cancelAndJoinChildren() {
        val children = epoch?.children?.toList() ?: return
        children.forEach { it.cancel() }
        children.forEach { it.join() }
    }

    override fun toString(): String = "<TaskScope of $task>"
}

/** How a coroutine of kotlinx that was started in a task finds it. */
internal class TaskElement(
    @JvmField val scope: TaskScope,
) : AbstractCoroutineContextElement(Key) {
    companion object Key : CoroutineContext.Key<TaskElement>
}
