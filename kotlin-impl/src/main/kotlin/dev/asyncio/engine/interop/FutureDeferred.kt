package dev.asyncio.engine.interop

import dev.asyncio.Future
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.taskOrNull
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.asCancellationException
import dev.asyncio.engine.tasks.cancelMessage
import dev.asyncio.engine.tasks.whenDone
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.Job
import java.util.concurrent.CancellationException
import kotlin.coroutines.ContinuationInterceptor

/** Takes a future's outcome over to a [Deferred], and a cancellation of that back. Any thread. */
internal class FutureDeferred<T> private constructor(future: FutureImpl<T>) : FutureWatcher<T>(future) {
    private val deferred = CompletableDeferred<T>()

    private fun start(): Deferred<T> {
        if (future.loop.isOnLoop && future.done()) {
            tellOutcome()
            return deferred
        }
        watch()
        deferred.invokeOnCompletion { cause ->
            if (cause != null && unwatch()) future.loop.runOnLoop { future.cancel(cause.cancelMessage) }
        }
        return deferred
    }

    override fun tellOutcome() {
        val error = future.failureOrNull()?.asCancellationException()
        if (error == null) deferred.complete(future.unsafeValue()) else deferred.completeExceptionally(error)
    }

    override fun tellLoopClosed(cause: CancellationException) = deferred.cancel(cause)

    companion object {
        fun <T> of(future: Future<T>): Deferred<T> {
            require(future is FutureImpl<T>) { "$future is not a future of this SDK" }
            return FutureDeferred(future).start()
        }
    }
}

/** A loop's future of a [Deferred]. */
@OptIn(ExperimentalCoroutinesApi::class)
internal fun <T> LoopImpl.wrapDeferred(source: Deferred<T>): FutureImpl<T> {
    val future = createFuture<T>()
    whenOver(source) { cause ->
        when {
            future.done() -> Unit
            cause == null -> future.setResult(source.getCompleted())
            cause is CancellationException -> future.cancel(cause.cancelMessage)
            else -> future.setException(cause)
        }
    }
    future.whenDone { if (future.cancelled()) source.cancel(CancellationException(future.cancelMessage())) }
    source.start()
    return future
}

/** Does [action] on the loop when [job] is over; virtual time waits for one that runs elsewhere. */
internal inline fun LoopImpl.whenOver(job: Job, crossinline action: (cause: Throwable?) -> Unit) {
    val isElsewhere = isElsewhere(job)
    if (isElsewhere) jobStarted()
    job.invokeOnCompletion { cause ->
        runOnLoop {
            if (isElsewhere) jobEnded()
            action(cause)
        }
    }
}

/**
 * Whether [job] is a coroutine that waits for something that no timer of this loop is to overtake. One that runs on
 * this loop waits for its timers, and so may one below a task, which is looked at whenever the time could jump.
 */
internal fun LoopImpl.isElsewhere(job: Job): Boolean {
    val context = (job as? CoroutineScope)?.coroutineContext ?: return false
    val interceptor = context[ContinuationInterceptor] ?: return false
    if (interceptor === dispatcher || interceptor === Dispatchers.Unconfined) return false
    val task = context.taskOrNull()
    return task == null || task.loop !== this || !task.isAbove(job)
}
