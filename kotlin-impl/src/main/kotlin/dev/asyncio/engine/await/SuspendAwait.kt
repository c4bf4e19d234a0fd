package dev.asyncio.engine.await

import dev.asyncio.Awaitable
import dev.asyncio.Coroutine
import dev.asyncio.NoRunningLoopException
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.context.ThreadState
import dev.asyncio.engine.interop.OfLoop
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.engine.tasks.asCancellationException
import kotlinx.coroutines.CoroutineScope
import kotlin.coroutines.Continuation
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.coroutineContext
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.startCoroutineUninterceptedOrReturn
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn

/*
 * `await` of suspending code. Straight in a task's body it suspends the task, as asyncio does. In a coroutine of
 * kotlinx (a child made by launch, the inside of withContext) it suspends that coroutine, which has a Job and a life
 * of its own.
 */

internal suspend fun <T> awaitSuspending(awaitable: Awaitable<T>): T {
    val inTask = coroutineContext is TaskImpl<*>
    return when {
        awaitable is FutureImpl<T> -> awaitFuture(awaitable)
        awaitable is QuickOperation<T> && !inTask -> onLoop { startInPlace(awaitable) }
        awaitable is Coroutine<T> && !inTask -> runAsTask(awaitable)
        awaitable is EngineCoroutine<T> -> startInPlace(awaitable)
        awaitable is Coroutine<T> -> awaitJavaBody(awaitable)
        else -> throw IllegalArgumentException(
            "$awaitable is neither a Future of this SDK nor a Coroutine; " +
                "implement Coroutine to make something awaitable",
        )
    }
}

private suspend fun <T> startInPlace(coroutine: EngineCoroutine<T>): T =
    suspendCoroutineUninterceptedOrReturn { frame ->
        coroutine.start(frame.context.steppingTask() ?: CoroutineScope(frame.context), frame)
    }

internal suspend fun <T> awaitFuture(future: FutureImpl<T>): T {
    if (coroutineContext !is TaskImpl<*>) return awaitInForeignCoroutine(future)
    if (future.done()) return future.resultInBody()
    return suspendCoroutineUninterceptedOrReturn { frame ->
        @Suppress("UNCHECKED_CAST")
        frame.context.steppingTask()!!.waitOn(future, frame as Continuation<Any?>)
        COROUTINE_SUSPENDED
    }
}

/**
 * Suspends the code whose innermost frame is [frame], written by hand, until [future] is done; false if it is already,
 * in code that does not wait in a task's own steps.
 */
internal fun suspendOn(future: FutureImpl<*>, frame: Continuation<Any?>): Boolean {
    val task = frame.context.steppingTask()
    if (task != null) {
        task.waitOn(future, frame)
        return true
    }
    val wait = suspend { awaitInForeignCoroutine(future) }
    return wait.startCoroutineUninterceptedOrReturn(frame) === COROUTINE_SUSPENDED
}

/** asyncio's bare yield: exactly one iteration. */
internal suspend fun yieldOnce() {
    if (coroutineContext !is TaskImpl<*>) return kotlinx.coroutines.yield()
    return suspendCoroutineUninterceptedOrReturn { frame ->
        @Suppress("UNCHECKED_CAST")
        frame.context.steppingTask()!!.yieldOnce(frame as Continuation<Any?>)
        COROUTINE_SUSPENDED
    }
}

private suspend fun <T> awaitJavaBody(coroutine: Coroutine<T>): T = suspendCoroutineUninterceptedOrReturn { frame ->
    JavaSegment(frame.context.steppingTask()!!, coroutine, frame).callInline()
}

internal fun <T> FutureImpl<T>.resultInBody(): T {
    val error = failureOrNull() ?: return unsafeValue()
    throw error.asCancellationException()
}

/** The task that the calling code belongs to, a coroutine of kotlinx inside of a task included. */
internal suspend inline fun currentTaskOrNull(): TaskImpl<*>? =
    coroutineContext.let { it.steppingTask() ?: it.taskOrNull() }

/** The task that is suspended when code with this context waits; null if that is a coroutine of kotlinx. */
internal fun CoroutineContext.steppingTask(): TaskImpl<*>? = (this as? TaskImpl<*>)?.let { it.loop.steppingFor(it) }

internal fun CoroutineContext.taskOrNull(): TaskImpl<*>? = this as? TaskImpl<*> ?: this[TaskElement]?.task

/** Inline, so that asking for it is no suspension point, which would cost its caller a state machine. */
internal suspend inline fun currentLoop(): LoopImpl = coroutineContext.loop()

internal fun CoroutineContext.loop(): LoopImpl = loopOrNull() ?: throw noRunningLoop()

internal fun noRunningLoop() = NoRunningLoopException(
    "no running event loop: call this in a task, or inside of withContext(loop.asCoroutineDispatcher())",
)

internal fun CoroutineContext.loopOrNull(): LoopImpl? = ownLoopOrNull() ?: ThreadState.currentLoop as LoopImpl?

/** The loop that a coroutine belongs to, by its task or by the scope it was launched in, wherever it runs now. */
internal fun CoroutineContext.ownLoopOrNull(): LoopImpl? = taskOrNull()?.loop ?: this[OfLoop]?.loop
