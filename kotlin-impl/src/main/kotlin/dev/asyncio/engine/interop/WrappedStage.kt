package dev.asyncio.engine.interop

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.loop.VirtualThreads
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.whenDone
import dev.asyncio.engine.threads.deliver
import java.util.concurrent.CancellationException
import java.util.concurrent.CompletionException
import java.util.concurrent.CompletionStage
import java.util.concurrent.ExecutionException
import java.util.concurrent.Future

/** A loop's future of a [CompletionStage]; cancelling it cancels the stage where the stage can be. */
internal fun <T> LoopImpl.wrapStage(stage: CompletionStage<T>): FutureImpl<T> {
    val future = createFuture<T>()
    jobStarted()
    stage.whenComplete { value, error ->
        deliver {
            jobEnded()
            future.complete(value, error)
        }
    }
    future.whenDone { if (future.cancelled()) stage.toCompletableFuture().cancel(false) }
    return future
}

/** A loop's future of a [Future] that can only be waited for: a thread of its own does. */
internal fun <T> LoopImpl.wrapBlocking(source: Future<T>): FutureImpl<T> {
    val future = createFuture<T>()
    jobStarted()
    val waiter = Runnable {
        val outcome = runCatching { source.get() }
        deliver {
            jobEnded()
            future.complete(outcome.getOrNull(), outcome.exceptionOrNull())
        }
    }
    val thread = VirtualThreads.newThreadOrPlatform(waiter)
    thread.name = "asyncio-wait"
    thread.start()
    future.whenDone {
        if (future.cancelled()) {
            source.cancel(false)
            thread.interrupt() // it only waits, and nobody waits for it
        }
    }
    return future
}

private fun <T> FutureImpl<T>.complete(value: T?, error: Throwable?) {
    if (done()) return
    val cause = if (error is CompletionException || error is ExecutionException) error.cause ?: error else error
    @Suppress("UNCHECKED_CAST")
    when (cause) {
        null -> setResult(value as T)
        is CancellationException -> cancel(cause.message)
        else -> setException(cause)
    }
}
