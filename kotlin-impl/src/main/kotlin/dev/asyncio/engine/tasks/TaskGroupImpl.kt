package dev.asyncio.engine.tasks

import dev.asyncio.Coroutine
import dev.asyncio.ExceptionContext
import dev.asyncio.ExceptionGroup
import dev.asyncio.Task
import dev.asyncio.TaskOptions
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.JavaAwait
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.await.awaitSuspending
import dev.asyncio.engine.await.currentTaskOrNull
import dev.asyncio.engine.context.ThreadState
import dev.asyncio.spi.TaskGroupPeer

/**
 * asyncio's TaskGroup. In the shape of a block a failing child cancels its siblings and the parent; in the shape of
 * try-with-resources ([open]) it cancels its siblings only, because there the engine does not see the body.
 */
internal class TaskGroupImpl : TaskGroupPeer {
    private val tasks = LinkedHashSet<TaskImpl<*>>()
    private val errors = ArrayList<Throwable>()
    private var parent: TaskImpl<*>? = null
    private var exiting = false
    private var finished = false
    private var aborting = false
    private var isOpenShape = false
    private var cancelCalled = false

    /** Whether this group has cancelled its parent, and has to take that back. */
    private var parentCancelRequested = false
    private var fatal: Throwable? = null
    private var allDone: FutureImpl<Unit>? = null

    private val entered: Boolean get() = parent != null

    override fun <T> enter(body: Coroutine<T>): Coroutine<T> = Operation("TaskGroup.enter") {
        within { awaitSuspending(body) }
    }

    suspend inline fun <T> within(body: () -> T): T {
        begin(currentTaskOrNull())
        var value: T? = null
        var failure: Throwable? = null
        try {
            value = body()
        } catch (e: Throwable) {
            failure = e
        }
        end(failure)
        @Suppress("UNCHECKED_CAST")
        return value as T
    }

    fun begin(current: TaskImpl<*>?) {
        check(!entered) { "TaskGroup $this has already been entered" }
        parent = checkNotNull(current) { "TaskGroup $this cannot determine the parent task: open it in a task" }
        if (cancelCalled) cancelAll()
    }

    override fun open() {
        isOpenShape = true
        begin((ThreadState.currentLoop as LoopImpl?)?.currentTask)
    }

    override fun <T> createTask(coroutine: Coroutine<T>, options: TaskOptions): Task<T> {
        check(entered) { "TaskGroup $this has not been entered" }
        check(!exiting || tasks.isNotEmpty()) { "TaskGroup $this is finished" }
        check(!aborting) { "TaskGroup $this is shutting down" }
        val task = parent!!.loop.createTask(coroutine, options)
        if (task.done()) {
            childDone(task)
        } else {
            tasks.add(task)
            task.whenDone { childDone(task) }
        }
        return task
    }

    override fun join(): Coroutine<Void?> = Operation("TaskGroup.join") {
        check(isOpenShape) { "join() belongs to a group made by TaskGroup.open(); an entered one joins by itself" }
        if (!finished) end(null)
        null
    }

    override fun close() {
        if (finished) return
        check(isOpenShape) { "close() belongs to a group made by TaskGroup.open()" }
        JavaAwait.await(
            Operation("TaskGroup.close") {
                if (!aborting) abort()
                end(null, closing = true)
                null
            },
        )
    }

    override fun cancel() {
        if (finished || cancelCalled) return
        cancelCalled = true
        if (entered) cancelAll()
    }

    private fun cancelAll() {
        if (!aborting) abort()
        cancelParent()
    }

    /**
     * Leaves the group: waits for all children, then throws what is to be thrown. [failure] is what the block threw;
     * it is over with when this returns. [closing]: the block may have thrown something, which is on its way out.
     */
    suspend fun end(failure: Throwable?, closing: Boolean = false) {
        val parent = parent!!
        exiting = true
        currentTaskOrNull()?.keepsCancellation()
        if (failure?.isFatal == true) fatal = fatal ?: failure
        var cancellation = failure?.takeIf { it.isCancellation }
        if (failure != null && !aborting) abort()
        while (tasks.isNotEmpty()) {
            val waiter = FutureImpl<Unit>(parent.loop)
            allDone = waiter
            try {
                awaitFuture(waiter)
            } catch (e: Throwable) {
                if (!e.isCancellation) throw e
                currentTaskOrNull()?.keepsCancellation()
                if (!aborting) {
                    // Cancelled while it waits: passed on to the children once, and thrown when they are done.
                    cancellation = e
                    abort()
                } else if (failure == null) {
                    cancellation = cancellation ?: e // by close() or cancel() they are aborted without an error
                } else if (cancellation != null && !cancellation.isOfTask) {
                    cancellation = e // what kotlinx ends the block with is nobody's cancellation of the task
                }
            }
            allDone = null
        }
        finished = true
        fatal?.let { throw it }
        if (parentCancelRequested && parent.uncancel() == 0) {
            cancellation = null
            if (cancelCalled && errors.isEmpty() && (failure == null || failure.isCancellation)) return
        }
        if (cancellation != null && errors.isEmpty()) {
            if (!closing) throw cancellation
            // Whatever the block may throw would have it as a suppressed exception, and nobody would notice.
            currentTaskOrNull()?.deferCancellation(cancellation.cancelMessage)
            return
        }
        if (failure != null && !failure.isCancellation) errors.add(failure.outOfBody())
        if (errors.isEmpty()) return
        // The wait for the children has swallowed a cancellation.
        when {
            !closing -> parent.cancelAgain(null)
            cancellation != null -> currentTaskOrNull()?.deferCancellation(null)
        }
        throw ExceptionGroup("unhandled errors in a TaskGroup", errors)
    }

    private fun abort() {
        aborting = true
        for (task in tasks.toList()) if (!task.done()) task.cancel(null)
    }

    private fun cancelParent() {
        if (parentCancelRequested || isOpenShape) return
        parentCancelRequested = true
        parent!!.cancel(null)
    }

    private fun childDone(task: TaskImpl<*>) {
        tasks.remove(task)
        val waiter = allDone
        if (waiter != null && tasks.isEmpty()) release(waiter)
        if (task.cancelled() || !task.isFailed) return
        val error = task.takeFailure()
        errors.add(error)
        if (error.isFatal) fatal = fatal ?: error
        val parent = parent!!
        if (parent.done()) {
            val message = "$task has errored out but its parent task $parent is already completed"
            parent.loop.callExceptionHandler(ExceptionContext.builder(message).exception(error).task(task).build())
            return
        }
        if (!aborting && !parentCancelRequested) {
            abort()
            cancelParent()
        }
    }

    override fun toString(): String {
        val tasksInfo = if (tasks.isEmpty()) "" else " tasks=${tasks.size}"
        val errorsInfo = if (errors.isEmpty()) "" else " errors=${errors.size}"
        val phase = if (aborting) {
            " cancelling"
        } else if (entered) {
            " entered"
        } else {
            ""
        }
        return "<TaskGroup$tasksInfo$errorsInfo$phase>"
    }
}
