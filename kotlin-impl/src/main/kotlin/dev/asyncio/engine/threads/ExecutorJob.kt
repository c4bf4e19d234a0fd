package dev.asyncio.engine.threads

import dev.asyncio.Context
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.asCancelledError
import dev.asyncio.engine.tasks.whenDone
import java.util.concurrent.Callable
import java.util.concurrent.Executor
import java.util.concurrent.atomic.AtomicInteger

/**
 * Blocking work in an executor and the loop's future of it. Cancelling the future keeps the work from starting; work
 * that has started goes on and its result is dropped, and no thread is interrupted.
 */
internal class ExecutorJob<T>(private val loop: LoopImpl, private val callable: Callable<T>) : Runnable {
    private val state = AtomicInteger(QUEUED)

    fun submitTo(executor: Executor): FutureImpl<T> {
        val future = FutureImpl<T>(loop)
        loop.jobStarted()
        this.future = future
        try {
            executor.execute(this)
        } catch (e: Throwable) {
            loop.jobEnded()
            throw e
        }
        future.whenDone {
            if (future.cancelled() && state.compareAndSet(QUEUED, CANCELLED)) loop.jobEnded()
        }
        return future
    }

    private lateinit var future: FutureImpl<T>

    override fun run() {
        if (!state.compareAndSet(QUEUED, STARTED)) return
        val outcome = runCatching { callable.call() }
        loop.deliver {
            loop.jobEnded()
            // As in asyncio, a cancellation of the work is one of the loop's kind.
            if (!future.done()) outcome.fold(future::setResult) { future.setFailure(it.asCancelledError()) }
        }
    }

    private companion object {
        const val QUEUED = 0
        const val STARTED = 1
        const val CANCELLED = 2
    }
}

/** Runs [action] on the loop; if the loop is closed meanwhile, the result has come too late and is dropped. */
internal fun LoopImpl.deliver(action: Runnable) = deliver(null, action)

/** The same, in [context] if it is given. */
internal fun LoopImpl.deliver(context: Context?, action: Runnable) {
    if (isClosed()) return
    try {
        callSoonThreadsafe(action, context)
    } catch (e: IllegalStateException) {
        if (!isClosed()) throw e
    }
}
