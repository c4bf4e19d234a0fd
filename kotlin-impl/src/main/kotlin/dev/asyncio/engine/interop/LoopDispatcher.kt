package dev.asyncio.engine.interop

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.taskOrNull
import dev.asyncio.engine.loop.Intake
import dev.asyncio.engine.loop.Undelivered
import dev.asyncio.engine.loop.saturatedAdd
import dev.asyncio.engine.tasks.TaskImpl
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Delay
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.DisposableHandle
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.cancel
import java.util.concurrent.CancellationException
import java.util.concurrent.TimeUnit
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.resume

/**
 * A loop as kotlinx sees it: every resumption is a handle, and one that belongs to a task is a step of that task. A
 * dispatcher and not a bare interceptor, because `yield()` is a no-op with the latter.
 */
@OptIn(InternalCoroutinesApi::class)
internal class LoopDispatcher(private val loop: LoopImpl) :
    CoroutineDispatcher(),
    Delay {
    override fun dispatch(context: CoroutineContext, block: Runnable) = dispatch(context, block, yields = false)

    override fun dispatchYield(context: CoroutineContext, block: Runnable) = dispatch(context, block, yields = true)

    private fun dispatch(context: CoroutineContext, block: Runnable, yields: Boolean) {
        if (loop.isClosed()) return dispatchAfterClose(context, block)
        val task = context.taskOrNull()?.takeIf { it.loop === loop }
        task?.noteDispatch(context, block)
        loop.enqueue(
            if (task != null) DispatchedStep(task, context, block, yields) else DispatchedHandle(loop, context, block),
        )
    }

    override fun scheduleResumeAfterDelay(timeMillis: Long, continuation: CancellableContinuation<Unit>) {
        val timer = DelayTimer(
            loop,
            deadlineAfter(timeMillis),
            { continuation.resume(Unit) },
            { continuation.cancel(loopClosedCancellation()) },
        )
        timer.start()
        continuation.invokeOnCancellation { timer.dispose() }
    }

    override fun invokeOnTimeout(timeMillis: Long, block: Runnable, context: CoroutineContext): DisposableHandle {
        val timer = DelayTimer(loop, deadlineAfter(timeMillis), block::run) { context.cancel(loopClosedCancellation()) }
        timer.start()
        return timer
    }

    /** This dispatcher, which has one thread: one around it would have no part in the loop's time and end. */
    override fun limitedParallelism(parallelism: Int, name: String?): CoroutineDispatcher {
        require(parallelism >= 1) { "Expected positive parallelism level, but got $parallelism" }
        return this
    }

    private fun deadlineAfter(millis: Long) = saturatedAdd(loop.nanoTime(), TimeUnit.MILLISECONDS.toNanos(millis))

    override fun toString(): String = "LoopDispatcher($loop)"
}

internal fun loopClosedCancellation() = CancellationException("Event loop is closed")

/** As kotlinx does where an executor refuses: the coroutine ends cancelled, elsewhere, rather than never. */
private fun dispatchAfterClose(context: CoroutineContext, block: Runnable) {
    context.cancel(loopClosedCancellation())
    // The body of a task is dropped with its loop, however it is suspended: the loop's state is not for other threads.
    if (context !is TaskImpl<*>) Dispatchers.IO.dispatch(context, block)
}

/** A step of a task, or of a coroutine that was launched in it, that kotlinx asked for. */
private class DispatchedStep(
    private val task: TaskImpl<*>,
    private val context: CoroutineContext,
    private val block: Runnable,
    yields: Boolean,
) : Intake.Node(),
    Undelivered {
    // A yield begins with one that came before it, too.
    private val mayBeginCancelled = context === task && (yields || task.mayBeginCancelled(block))

    override fun run() {
        val loop = task.loop
        if (task.done()) {
            block.run() // a coroutine that the task launched outlives it for as long as its cancellation takes
            return
        }
        try {
            loop.beginStep(task)
        } catch (e: IllegalStateException) {
            // Its context is entered elsewhere. asyncio leaves such a task pending, too.
            loop.callbackFailed(this, task, e)
            return
        }
        if (mayBeginCancelled) task.runDispatched(block) else block.run()
        task.rethrowFatal()
        if (loop.switchTo == null) loop.endStep()
    }

    override fun loopClosed() = dispatchAfterClose(context, block)

    override fun toString(): String = "<DispatchedStep of $task>"
}

/** A step of a coroutine that belongs to no task, or what somebody runs here as on an executor. */
private class DispatchedHandle(
    private val loop: LoopImpl,
    private val context: CoroutineContext,
    private val block: Runnable,
) : Intake.Node(),
    Undelivered {
    override fun run() = try {
        block.run()
    } catch (e: Throwable) {
        loop.callbackFailed(this, loop.cell, e)
    } finally {
        loop.entered = null
    }

    override fun loopClosed() = dispatchAfterClose(context, block)

    override fun toString(): String = "<DispatchedHandle $block on $loop>"
}
