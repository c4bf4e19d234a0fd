package dev.asyncio.engine.await

import dev.asyncio.CancelledError
import dev.asyncio.ExceptionContext
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.loop.Intake
import dev.asyncio.engine.tasks.CancelledInBody
import dev.asyncio.engine.tasks.TaskImpl
import kotlinx.coroutines.CompletableJob
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.withContext
import java.util.concurrent.CancellationException
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext

/**
 * What kotlinx finds in a task. Its Jobs: a Job that is cancelled stays so, while asyncio's cancellation is delivered once;
 * so each cancellation ends an *epoch*: the Job of the current epoch is replaced by a fresh one first and cancelled then.
 * What is suspended belongs to the old Job and is cancelled, what runs next sees the new one. No Job is made for a body
 * that never asks for one. Loop thread only, unless a member says otherwise.
 *
 * Here as everywhere in the engine, members of kotlinx's interfaces are given all their arguments: the static method that
 * fills in those that are left out is in the interface itself since kotlinx 1.11 only.
 */
internal class Epochs(private val task: TaskImpl<*>) {
    val loop: LoopImpl get() = task.loop

    // A context may be looked at from anywhere, and a child may fail there.
    @Volatile private var epoch: CompletableJob? = null

    @JvmField val element = TaskElement(task)

    @JvmField val failures = ChildFailures(this)

    /** Whether the cancellation that goes on has made kotlinx resume the body with it. */
    @Volatile private var reached = false

    /** A cancelled Job to be seen by the dispatched step that comes up, and by nobody after it. */
    private var lastOfEpoch: Job? = null

    /** Epochs that are cancelled, but not over: children take their time. */
    private var endingEpochs: MutableList<Job>? = null

    /** All that may have children. */
    private val epochs: List<Job> get() = endingEpochs.orEmpty() + listOfNotNull(epoch)

    /** All that a context of the task consists of. Any thread. */
    val elements: List<CoroutineContext.Element>
        get() = listOf(element, currentEpoch(), failures, name, loop.dispatcher)

    /** The task's name when it was first asked for: a flow insists on one and the same element from begin to end. */
    val name: CoroutineName by lazy { CoroutineName(task.name) }

    /** What code that asks for its Job now is to see. Any thread. */
    fun job(): Job {
        val last = lastOfEpoch
        if (last == null || !loop.isOnLoop) return currentEpoch()
        lastOfEpoch = null
        return if (task.takeMustCancel()) last else currentEpoch()
    }

    private fun currentEpoch(): Job = epoch ?: firstEpoch()

    /** Made once, though a debugger may ask from another thread in the same moment. */
    private fun firstEpoch(): Job = synchronized(this) { epoch ?: newEpoch() }

    @OptIn(InternalCoroutinesApi::class)
    private fun newEpoch(): CompletableJob {
        val job = Job()
        epoch = job
        // First of its handlers: a failed child is noticed before what waits under this Job is cancelled for it.
        job.invokeOnCompletion(onCancelling = true, invokeImmediately = true) { cause ->
            if (cause != null) epochEnds(job, cause)
        }
        if (task.done()) job.cancel(null) // so that nothing is launched there
        return job
    }

    // ---- cancellation

    /**
     * Ends the epoch; false if that does not reach the body: no primitive of kotlinx waits under its Job
     * (NonCancellable, a continuation that cannot be cancelled), or what waited is resumed already, maybe by another
     * thread in this moment.
     */
    fun cancel(message: String?): Boolean {
        val old = epoch ?: return false
        val around = epochs.flatMap(::scopesOfBody)
        newEpoch()
        reached = false
        endJob { old.cancel(CancelledInBody(CancelledError(message))) }
        keepUntilOver(old)
        return reached || around.any { it.endsCancelled }
    }

    /**
     * Whether a scope throws a cancellation of ours when it is left, be it this one's or an earlier one's. Not if it has
     * its result, or ends for a reason of its own: `withTimeoutOrNull` then throws nothing.
     */
    @OptIn(InternalCoroutinesApi::class)
    private val Job.endsCancelled: Boolean get() = isCancelled && getCancellationException() is CancelledInBody

    private fun keepUntilOver(epoch: Job) {
        if (epoch.isCompleted) return
        val ending = endingEpochs ?: ArrayList<Job>(1).also { endingEpochs = it }
        ending.removeAll { it.isCompleted }
        ending.add(epoch)
    }

    /** A wait in [context] is cancelled. Any thread. */
    fun noteCancelled(context: CoroutineContext) {
        if (context.isOfBody) reached = true
    }

    /** What the body is inside of, a `coroutineScope` or the like, and not beside, as of a `launch`. */
    private fun scopesOfBody(epoch: Job): List<Job> =
        epoch.children.filter { (it as? CoroutineScope)?.contextOrNull?.isOfBody == true }.toList()

    private val CoroutineContext.isOfBody: Boolean get() = this[TaskElement] === element

    /**
     * Runs a step that kotlinx dispatched before a cancel came. It has to begin with the cancellation instead of the value, as
     * in asyncio: kotlinx asks for the Job once, before it resumes, and sees one that is cancelled. It does not ask if the
     * wait has failed: then the cancellation is still to be delivered, by whatever the body does next.
     */
    fun runCancelled(block: Runnable) {
        val ended = Job().apply { cancel(CancelledInBody(task.cancelledError())) }
        lastOfEpoch = ended
        block.run()
        if (lastOfEpoch === ended) lastOfEpoch = null
    }

    // ---- children

    /** Any thread: [job] is about to be cancelled, with [cause], and is over only when its children have cleaned up. */
    private fun epochEnds(job: Job, cause: Throwable) {
        failures.epochEnding()
        if (cause !is CancellationException) childFailed(job, cause)
        job.invokeOnCompletion(failures::epochOver)
    }

    /** Any thread: [job], an epoch, is about to be cancelled because a child of it failed. */
    private fun childFailed(job: Job, cause: Throwable) {
        if (epoch === job) epoch = null
        reached = false
        val around = scopesOfBody(job)
        val isFirst = failures.ofBody(cause)
        loop.enqueue(Later { noteFailedEpoch(job, cause, isFirst, around) })
    }

    /** As in a scope of kotlinx, the first failure of a child cancels the body. */
    private fun noteFailedEpoch(epoch: Job, cause: Throwable, isFirst: Boolean, around: List<Job>) {
        keepUntilOver(epoch)
        if (isFirst && !task.done() && !reached && around.none { it.isCancelledBy(cause) }) task.cancel(null)
    }

    @OptIn(InternalCoroutinesApi::class)
    private fun Job.isCancelledBy(failure: Throwable): Boolean =
        isCancelled && getCancellationException().cause === failure

    /** Any thread: [error] has nobody else to be told to. */
    fun noteUnhandled(error: Throwable) = loop.enqueue(
        Later {
            // What is fatal leaves the loop by itself: here it is what kotlinx makes of it on its way.
            if (!task.leftLoopWith(error.cause)) reportUnhandled(error)
        },
    )

    private fun reportUnhandled(cause: Throwable) =
        report("Unhandled exception in a coroutine that was launched in $task", cause)

    private fun report(message: String, error: Throwable) =
        loop.callExceptionHandler(ExceptionContext.builder(message).exception(error).task(task).build())

    /** The body is over, with [error] or none: what the task ends with. What was launched is cancelled. */
    fun end(error: Throwable?): Throwable? {
        endJob { epoch?.cancel(null) }
        return failures.end(error)
    }

    fun cancelChildren() {
        endJob { epoch?.cancel(CancellationException("Event loop is closed")) }
    }

    /** Completion handlers run inside, and what they throw is not for whoever ends or cancels the task. */
    private inline fun endJob(end: () -> Unit) = try {
        end()
    } catch (e: Throwable) {
        report("Exception in a completion handler of the Job of $task", e)
    }

    /**
     * Ends what was launched in this scope, and waits for it, also when a cancellation comes meanwhile. It may wait for
     * others, which [cancelRest] cancels.
     */
    suspend fun cancelAndJoinChildren(cancelRest: () -> Unit) {
        val children = epochs.flatMap { it.children }
        if (children.isEmpty()) return
        children.forEach { it.cancel(null) }
        cancelRest()
        withContext(NonCancellable) { children.forEach { it.join() } }
    }

    /** Whether a coroutine below this task runs, or is about to, on another dispatcher than the loop's. */
    val hasJobElsewhere: Boolean
        get() = epochs.any { job -> job.children.any { it.isElsewhere() } }

    /** Whether [job] is one of those below this task. */
    @OptIn(ExperimentalCoroutinesApi::class)
    fun isAbove(job: Job): Boolean = epochs.any { epoch -> generateSequence(job) { it.parent }.any { it === epoch } }

    /** One that waits for a child is where the child is. */
    private fun Job.isElsewhere(): Boolean {
        if (isCompleted) return false
        val children = children.filterNot { it.isCompleted }.toList()
        if (children.isNotEmpty()) return children.any { it.isElsewhere() }
        val scope = this as? CoroutineScope ?: return false
        val interceptor = (scope.contextOrNull ?: return true)[ContinuationInterceptor]
        return interceptor !== loop.dispatcher && interceptor !== Dispatchers.Unconfined
    }
}

/** Null while another thread makes the coroutine: its parent knows it before it has a context. */
private val CoroutineScope.contextOrNull: CoroutineContext? get() = coroutineContext

private class Later(private val action: () -> Unit) : Intake.Node() {
    override fun run() = action()
}
