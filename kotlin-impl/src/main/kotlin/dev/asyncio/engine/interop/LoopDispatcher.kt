package dev.asyncio.engine.interop

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.TaskScope
import dev.asyncio.engine.await.taskOrNull
import dev.asyncio.engine.loop.Intake
import dev.asyncio.engine.saturatedAdd
import dev.asyncio.engine.tasks.TaskImpl
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Delay
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.DisposableHandle
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.cancel
import java.time.Duration
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
    override fun dispatch(context: CoroutineContext, block: Runnable) {
        if (loop.isClosed()) {
            // As kotlinx does where an executor refuses: the coroutine ends cancelled rather than never.
            context.cancel(CancellationException("Event loop is closed"))
            Dispatchers.IO.dispatch(context, block)
            return
        }
        val task = context.taskOrNull()
        if (context is TaskScope) context.noteDispatch()
        loop.enqueue(if (task != null) DispatchedStep(task, block) else DispatchedHandle(loop, block))
    }

    override fun scheduleResumeAfterDelay(timeMillis: Long, continuation: CancellableContinuation<Unit>) {
        val timer = callLater(timeMillis) { continuation.resume(Unit) }
        continuation.invokeOnCancellation { timer.dispose() }
    }

    override fun invokeOnTimeout(timeMillis: Long, block: Runnable, context: CoroutineContext): DisposableHandle =
        callLater(timeMillis, block)

    private fun callLater(millis: Long, callback: Runnable): DisposableHandle {
        val deadline = saturatedAdd(loop.nanoTime(), TimeUnit.MILLISECONDS.toNanos(millis))
        if (loop.isOnLoop) {
            val timer = loop.callAt(Duration.ofNanos(deadline), callback, null)
            return DisposableHandle { loop.runOnLoop(timer::cancel) }
        }
        // Called from another thread: the timer is made on the loop, and so is the decision whether it is still wanted.
        var timer: dev.asyncio.TimerHandle? = null
        var disposed = false
        loop.runOnLoop { if (!disposed) timer = loop.callAt(Duration.ofNanos(deadline), callback, null) }
        return DisposableHandle {
            loop.runOnLoop {
                disposed = true
                timer?.cancel()
            }
        }
    }

    override fun toString(): String = "LoopDispatcher($loop)"
}

/** A step of a task that kotlinx asked for. */
private class DispatchedStep(private val task: TaskImpl<*>, private val block: Runnable) : Intake.Node() {
    override fun run() {
        val loop = task.loop
        if (task.done()) {
            block.run() // a coroutine that the task launched outlives it for as long as its cancellation takes
            return
        }
        loop.beginStep(task)
        task.scope.runDispatched(block)
        if (loop.switchTo == null) loop.endStep()
    }
}

private class DispatchedHandle(private val loop: LoopImpl, private val block: Runnable) : Intake.Node() {
    override fun run() {
        block.run()
    }

    override fun toString(): String = "<DispatchedHandle $block on $loop>"
}
