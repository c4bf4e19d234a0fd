package dev.asyncio.engine.interop

import dev.asyncio.ExceptionContext
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
import java.util.concurrent.atomic.AtomicBoolean

/**
 * A loop's future of a [CompletionStage]; cancelling it cancels the stage where the stage can be. A plain
 * `CompletableFuture` is never interrupted, and the JDK's HTTP client gives up an exchange only for one that
 * [interrupt]s.
 */
internal fun <T> LoopImpl.wrapStage(stage: CompletionStage<T>, interrupt: Boolean = true): FutureImpl<T> = wrapForeign(
    listen = { tell -> stage.whenComplete(tell) },
    cancel = {
        try {
            stage.toCompletableFuture().cancel(interrupt)
        } catch (_: UnsupportedOperationException) {
            // A stage may have no such future: it cannot be cancelled.
        }
    },
    completer = Completer.of(stage, this),
)

/**
 * A loop's future of what somebody else does: [listen] is given whom to tell the outcome, on any thread, and [cancel]
 * is called on the loop when the future is cancelled before.
 */
internal fun <T> LoopImpl.wrapForeign(
    listen: ((T?, Throwable?) -> Unit) -> Unit,
    cancel: () -> Unit,
    completer: Completer = Completer.OTHERS,
): FutureImpl<T> {
    val promise = Promise<T>(this, completer)
    promise.onCancelled(cancel)
    try {
        listen(promise::tell)
    } catch (e: Throwable) {
        promise.end()
        throw e
    }
    return promise.future
}

/** A loop's future of a [Future] that can only be waited for: a thread of its own does. */
internal fun <T> LoopImpl.wrapBlocking(source: Future<T>): FutureImpl<T> {
    val promise = Promise<T>(this, Completer.OTHERS)
    val thread = VirtualThreads.newThreadOrPlatform {
        val outcome = runCatching { source.get() }
        promise.tell(outcome.getOrNull(), outcome.exceptionOrNull())
    }
    promise.onCancelled {
        try {
            source.cancel(false)
        } finally {
            thread.interrupt() // it only waits, and nobody waits for it
        }
    }
    thread.name = "asyncio-wait"
    thread.start()
    return promise.future
}

/**
 * Somebody else's promise to tell an outcome, and a loop's future of it. It counts for [completer] until it is told, or
 * until nobody waits any more: not everything can be cancelled. Told twice, the first counts.
 */
private class Promise<T>(private val loop: LoopImpl, private val completer: Completer) {
    val future: FutureImpl<T> = loop.createFuture()
    private val ended = AtomicBoolean()

    init {
        completer.begin(loop)
    }

    /** Any thread. */
    fun tell(value: T?, error: Throwable?) {
        if (!ended.compareAndSet(false, true)) return
        loop.deliver {
            completer.end(loop)
            future.complete(value, error)
        }
    }

    /** Nothing will be told, or nobody listens. */
    fun end() {
        if (ended.compareAndSet(false, true)) completer.end(loop)
    }

    fun onCancelled(passOn: () -> Unit) = future.whenDone {
        if (!future.cancelled()) return@whenDone
        try {
            passOn()
        } catch (e: Throwable) {
            val report = ExceptionContext.builder("Cancelling what $future waits for has failed")
            loop.callExceptionHandler(report.exception(e).future(future).build())
        } finally {
            end()
        }
    }
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
