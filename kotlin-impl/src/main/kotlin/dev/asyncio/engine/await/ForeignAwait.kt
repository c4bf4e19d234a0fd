package dev.asyncio.engine.await

import dev.asyncio.Coroutine
import dev.asyncio.TaskOptions
import dev.asyncio.TimeoutException
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.interop.DelayTimer
import dev.asyncio.engine.interop.FutureWatcher
import dev.asyncio.engine.interop.loopClosedCancellation
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.GatherFuture
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.engine.tasks.asCancelledError
import dev.asyncio.engine.tasks.cancelMessage
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.isActive
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withContext
import java.util.concurrent.CancellationException
import kotlin.coroutines.Continuation
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.coroutineContext
import kotlin.coroutines.intrinsics.intercepted
import kotlin.coroutines.intrinsics.startCoroutineUninterceptedOrReturn
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn
import kotlin.coroutines.jvm.internal.CoroutineStackFrame
import kotlin.coroutines.resumeWithException
import kotlin.coroutines.suspendCoroutine

/*
 * Operations of the SDK in a coroutine of kotlinx that is no task: a child that a task launched, the inside of
 * coroutineScope or withContext, a coroutine on a loop's dispatcher or on any other. It has a Job, and what it awaits
 * is cancelled with that. It may run on any thread, but everything of the loop's is done on the loop.
 */

/**
 * Runs [block] on the loop of the calling code, which may have left it for another dispatcher. To be there now does
 * not keep it there: a coroutine of `Dispatchers.Unconfined` goes on in the thread that cancels what it waits for.
 */
internal suspend inline fun <T> onLoop(crossinline block: suspend (LoopImpl) -> T): T {
    val loop = currentLoop()
    return if (coroutineContext.staysOn(loop)) block(loop) else runOn(loop) { block(loop) }
}

/** Whether code with this context goes on on [loop], whoever resumes it. */
internal fun CoroutineContext.staysOn(loop: LoopImpl): Boolean =
    this is TaskImpl<*> || this[ContinuationInterceptor] === loop.dispatcher

/** Runs [block] on [loop]. What it got there, a lock or an item, is not lost to a cancellation on the way back. */
internal suspend fun <T> runOn(loop: LoopImpl, block: suspend () -> T): T {
    // In runBlocking it stays as it is, and is refused where it has to wait.
    if (loop.isOnLoop) return if (coroutineContext.blocks(loop)) block() else stayOn(loop, block)
    var outcome: Result<T>? = null
    try {
        withContext(loop.dispatcher) { outcome = runCatching { block() } }
    } catch (e: CancellationException) {
        if (outcome == null) throw e
    }
    return outcome!!.getOrThrow()
}

/** Runs [block] on [loop], from here on: nothing has to be dispatched unless it waits. */
private suspend fun <T> stayOn(loop: LoopImpl, block: suspend () -> T): T =
    suspendCoroutineUninterceptedOrReturn { caller -> block.startCoroutineUninterceptedOrReturn(WayBack(caller, loop)) }

/** Where code ends that goes on on [loop], for a [caller] that goes on wherever it is dispatched to. */
private class WayBack<T>(private val caller: Continuation<T>, loop: LoopImpl) :
    Continuation<T>,
    CoroutineStackFrame {
    override val context: CoroutineContext = caller.context + loop.dispatcher

    override val callerFrame: CoroutineStackFrame? get() = caller as? CoroutineStackFrame

    override fun getStackTraceElement(): StackTraceElement? = null

    override fun resumeWith(result: Result<T>) = caller.intercepted().resumeWith(result)
}

internal suspend fun <T> awaitInForeignCoroutine(future: FutureImpl<T>): T {
    if (coroutineContext.blocks(future.loop)) return if (future.done()) future.resultInBody() else refuseToBlock()
    val isOfOwnLoop = coroutineContext.loopOrNull() === future.loop
    // Whoever waits for the loop should be seen to wait there: a loop on virtual time goes by that.
    return if (isOfOwnLoop) onLoop { awaitInPlace(future) } else awaitInPlace(future)
}

private suspend fun <T> awaitInPlace(future: FutureImpl<T>): T {
    // Cancelled, it goes on until its children have ended.
    if (future is GatherFuture<*> && future.loop.isOnLoop) return awaitEnd(future)
    return suspendCancellableCoroutine { waiter ->
        ForeignWaiter(future, waiter).start { cause -> waiter.cancel(cause) }.also { registered ->
            waiter.invokeOnCancellation { cause -> registered.giveUp(cause?.cancelMessage) }
        }
    }
}

/**
 * Runs [coroutine] as a task of its own: it may need one, to be cancelled by a timeout or to park a stack. Structured
 * as a call is: returns when the task is done, and passes a cancellation on to it.
 */
internal suspend fun <T> runAsTask(coroutine: Coroutine<T>): T = onLoop { loop ->
    if (coroutineContext.blocks(loop)) refuseToBlock()
    awaitEnd(loop.createTask(coroutine, TaskOptions.DEFAULT))
}

/** Waits on the loop of [future] until that is done, and passes a cancellation on to it. */
@OptIn(InternalCoroutinesApi::class)
private suspend fun <T> awaitEnd(future: FutureImpl<T>): T {
    val watch = coroutineContext[Job]?.invokeOnCompletion(onCancelling = true, invokeImmediately = true) { cause ->
        if (cause != null) future.loop.runOnLoop { future.cancel(cause.cancelMessage) }
    }
    try {
        return suspendCoroutine { caller ->
            ForeignWaiter(future, caller).start(caller::resumeWithException)
        }
    } finally {
        watch?.dispose()
    }
}

/** As asyncio's timeout, but what it cancels is the calling coroutine's block, and not the task around it. */
internal suspend fun <T> timeoutInForeignCoroutine(deadline: Long?, block: suspend CoroutineScope.() -> T): T {
    if (deadline == null) return coroutineScope(block)
    val loop = currentLoop()
    val expiry = Expired()
    var ended: Result<T>? = null
    try {
        return coroutineScope {
            val timer = DelayTimer(loop, deadline, { cancel(expiry) }, { cancel(loopClosedCancellation()) })
            timer.start()
            try {
                block().also { ended = Result.success(it) }
            } finally {
                timer.dispose()
            }
        }
    } catch (e: CancellationException) {
        val expired = e === expiry || e.cause === expiry
        // What the block got, a lock or an item, is not lost if it has ended all the same.
        if (expired || !coroutineContext.isActive) ended?.let { return it.getOrThrow() }
        if (!expired) throw e
        coroutineContext.ensureActive() // as in asyncio, a cancellation outranks the timeout
        throw TimeoutException(null, e.asCancelledError())
    }
}

/** One timeout's own cancellation, known by identity. */
private class Expired : CancellationException("timeout")

/** Takes a future's outcome to a coroutine that is not of its loop. */
private class ForeignWaiter<T>(future: FutureImpl<T>, private val waiter: Continuation<T>) : FutureWatcher<T>(future) {
    private lateinit var onClosed: (CancellationException) -> Unit

    fun start(onClosed: (CancellationException) -> Unit): ForeignWaiter<T> {
        this.onClosed = onClosed
        watch()
        return this
    }

    override fun tellOutcome() {
        if (waiter is CancellableContinuation<T> && !waiter.isActive) return
        waiter.resumeWith(runCatching { future.resultInBody() })
    }

    override fun tellLoopClosed(cause: CancellationException) = onClosed(cause)

    /** Whoever waited has been cancelled, and what it waited for is. */
    fun giveUp(message: String?) {
        if (!unwatch()) return
        future.loop.runOnLoop {
            future.removeCallback(this)
            future.cancel(message)
        }
    }
}
