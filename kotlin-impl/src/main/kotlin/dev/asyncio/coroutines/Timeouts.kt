package dev.asyncio.coroutines

import dev.asyncio.Timeout
import dev.asyncio.TimerHandle
import dev.asyncio.engine.await.currentLoop
import dev.asyncio.engine.await.steppingTask
import dev.asyncio.engine.await.timeoutInForeignCoroutine
import dev.asyncio.engine.loop.END_OF_TIME
import dev.asyncio.engine.loop.saturatedAdd
import dev.asyncio.engine.tasks.TimeoutImpl
import kotlinx.coroutines.CoroutineScope
import kotlin.coroutines.coroutineContext
import kotlin.time.Duration
import kotlin.time.toKotlinDuration

/**
 * Runs [block] inside of the calling task and cancels it when [duration] has passed; `async with asyncio.timeout(…)`.
 * Null means no limit. For a deadline that changes on the way, see [Timeout]. In a coroutine of kotlinx below a task,
 * it is that coroutine's block that is cancelled, as by `withTimeout`, but on the loop's clock.
 *
 * The block's scope is the task's own: what is launched there is cancelled with the task and not by the timeout.
 *
 * @throws dev.asyncio.TimeoutException if the block ended by that cancellation
 * @throws dev.asyncio.NoRunningLoopException outside of a loop
 */
public suspend fun <T> timeout(duration: Duration?, block: suspend CoroutineScope.() -> T): T {
    val deadline = duration?.let { saturatedAdd(currentLoop().nanoTime(), it.inWholeNanoseconds) }
    return within(deadline, block)
}

/** As [timeout], with an absolute time of the loop's clock; `async with asyncio.timeout_at(…)`. */
public suspend fun <T> timeoutAt(time: Duration?, block: suspend CoroutineScope.() -> T): T =
    within(time?.let { minOf(it.inWholeNanoseconds, END_OF_TIME) }, block)

private suspend fun <T> within(deadline: Long?, block: suspend CoroutineScope.() -> T): T {
    val scope = coroutineContext.steppingTask()
    if (scope != null) return TimeoutImpl(deadline).within { scope.block() }
    currentLoop() // there has to be one, also for no limit
    return timeoutInForeignCoroutine(deadline, block)
}

/** The deadline in the loop's time, null for none; [Timeout.when], whose name is a keyword here. */
public val Timeout.deadline: Duration?
    get() = `when`()?.toKotlinDuration()

/** The time at which the callback is due; [TimerHandle.when], whose name is a keyword here. */
public val TimerHandle.deadline: Duration
    get() = `when`().toKotlinDuration()
