package dev.asyncio.engine.tasks

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.EngineCoroutine
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.await.onLoop
import dev.asyncio.engine.await.steppingTask
import dev.asyncio.engine.await.yieldOnce
import dev.asyncio.engine.loop.TimerEntry
import dev.asyncio.engine.loop.saturatedAdd
import kotlinx.coroutines.CoroutineScope
import kotlin.coroutines.Continuation
import kotlin.coroutines.coroutineContext
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.startCoroutineUninterceptedOrReturn

/** asyncio's sleep: not positive yields once without a timer, else one timer and one more iteration. */
internal suspend fun sleepNanos(nanos: Long) {
    if (nanos <= 0) return yieldOnce()
    val task = coroutineContext as? TaskImpl<*> ?: return sleepElsewhere(nanos)
    return awaitFuture(SleepFuture.start(task.loop, nanos, Unit))
}

private suspend fun sleepElsewhere(nanos: Long) = onLoop { loop -> awaitFuture(SleepFuture.start(loop, nanos, Unit)) }

/** A sleep that gives [result]: cold, and no suspend function, since what a task waits for is all there is to it. */
internal class SleepOperation<T> private constructor(
    private val nanos: Long,
    private val result: T,
) : EngineCoroutine<T>() {
    @Suppress("UNCHECKED_CAST")
    override fun start(scope: CoroutineScope, completion: Continuation<T>): Any? {
        val task = completion.context.steppingTask()
        when {
            task == null || (nanos <= 0 && result != null) ->
                return suspend { sleepAndReturn() }.startCoroutineUninterceptedOrReturn(completion)
            nanos <= 0 -> task.yieldOnce(completion as Continuation<Any?>) // which resumes with null
            else -> task.waitOn(SleepFuture.start(task.loop, nanos, result), completion as Continuation<Any?>)
        }
        return COROUTINE_SUSPENDED
    }

    private suspend fun sleepAndReturn(): T {
        sleepNanos(nanos)
        return result
    }

    override fun toString(): String = "sleep"

    companion object {
        private val YIELD = SleepOperation(0, null)

        @Suppress("UNCHECKED_CAST")
        fun <T> of(nanos: Long, result: T): SleepOperation<T> =
            if (nanos <= 0 && result == null) YIELD as SleepOperation<T> else SleepOperation(nanos, result)
    }
}

/** A future that is its own timer. Cancelling it drops the timer. */
private class SleepFuture<T>(loop: LoopImpl, override val deadline: Long, private val result: T) :
    FutureImpl<T>(loop),
    TimerEntry {
    override var scheduled: Boolean = false
    override val isCancelledTimer: Boolean get() = done()

    override fun run() {
        if (!done()) setResult(result)
    }

    override fun cancel(message: String?): Boolean = super.cancel(message).also {
        if (it && scheduled) loop.timers.noteCancelled()
    }

    companion object {
        fun <T> start(loop: LoopImpl, nanos: Long, result: T): SleepFuture<T> =
            SleepFuture(loop, saturatedAdd(loop.nanoTime(), nanos), result).also(loop::schedule)
    }
}
