package dev.asyncio.coroutines

import dev.asyncio.AsCompleted
import dev.asyncio.Asyncio
import dev.asyncio.Awaitable
import dev.asyncio.Future
import dev.asyncio.Outcome
import dev.asyncio.ReturnWhen
import dev.asyncio.WaitResult
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.awaitSuspending
import dev.asyncio.engine.await.onLoop
import dev.asyncio.engine.await.runAsTask
import dev.asyncio.engine.runningLoop
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.engine.tasks.sleepNanos
import dev.asyncio.engine.tasks.waitForFutures
import dev.asyncio.engine.tasks.waitForOne
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlin.coroutines.coroutineContext
import kotlin.time.Duration
import kotlin.time.toJavaDuration

/**
 * Suspends the calling task for [duration]; `asyncio.sleep`. A duration that is not positive yields exactly once: all
 * handles that are ready run, then the caller goes on.
 */
public suspend fun sleep(duration: Duration): Unit = sleepNanos(duration.inWholeNanoseconds)

/** Suspends the calling task for [duration] and returns [result]; `asyncio.sleep(delay, result)`. */
public suspend fun <T> sleep(duration: Duration, result: T): T {
    sleepNanos(duration.inWholeNanoseconds)
    return result
}

/**
 * Runs [awaitables] at once and returns their results in the order given; `await asyncio.gather(…)`.
 *
 * The first failure is thrown at once; the others go on and are not cancelled. Cancelling the caller cancels all of
 * them. For the future itself, to be awaited later, see [Asyncio.gather].
 */
public suspend fun <T> gather(vararg awaitables: Awaitable<out T>): List<T> = gather(awaitables.asList())

/** Runs [awaitables] at once and returns their results in the order given; `await asyncio.gather(*aws)`. */
public suspend fun <T> gather(awaitables: Collection<Awaitable<out T>>): List<T> =
    onLoop { awaitSuspending(Asyncio.gather(awaitables)) }

/** As [gather], but failures are part of the result; `await asyncio.gather(…, return_exceptions=True)`. */
public suspend fun <T> gatherOutcomes(vararg awaitables: Awaitable<out T>): List<Outcome<T>> =
    gatherOutcomes(awaitables.asList())

/** As [gather], but failures are part of the result; `await asyncio.gather(*aws, return_exceptions=True)`. */
public suspend fun <T> gatherOutcomes(awaitables: Collection<Awaitable<out T>>): List<Outcome<T>> =
    onLoop { awaitSuspending(Asyncio.gatherOutcomes(awaitables)) }

/**
 * Waits until all, or what [returnWhen] says, of [awaitables] are done, or [timeout] has passed; `asyncio.wait`. Throws
 * none of their failures and cancels nothing.
 *
 * @throws IllegalArgumentException if there is nothing to wait for
 */
public suspend fun <T> wait(
    awaitables: Collection<Awaitable<out T>>,
    timeout: Duration? = null,
    returnWhen: ReturnWhen = ReturnWhen.ALL_COMPLETED,
): WaitResult<T> = onLoop { waitForFutures(awaitables, timeout?.inWholeNanoseconds, returnWhen) }

/**
 * Awaits [awaitable] for at most [timeout], null for no limit; `asyncio.wait_for`. When the time is up, what is
 * awaited is cancelled and waited for.
 *
 * @throws dev.asyncio.TimeoutException when the time is up
 */
public suspend fun <T> waitFor(awaitable: Awaitable<out T>, timeout: Duration?): T {
    val nanos = timeout?.inWholeNanoseconds
    if (coroutineContext is TaskImpl<*>) return waitForOne(awaitable, nanos)
    return runAsTask(Operation("waitFor") { waitForOne(awaitable, nanos) })
}

/**
 * Starts [awaitables] and gives them as they finish: futures as they are, coroutines as their tasks;
 * `asyncio.as_completed` as an asynchronous iteration. They start now, not when the flow is collected; each is
 * delivered once.
 *
 * @throws dev.asyncio.NoRunningLoopException if no loop runs on the calling thread
 * @throws dev.asyncio.TimeoutException in the collector, for each that is not done when [timeout] has passed
 */
public fun <T> asCompleted(awaitables: Collection<Awaitable<out T>>, timeout: Duration? = null): Flow<Future<T>> {
    runningLoop()
    val completed: AsCompleted<T> = Asyncio.asCompleted(awaitables, timeout?.toJavaDuration())
    val futures = completed.futures()
    return flow {
        while (futures.advance().await()) emit(futures.current())
    }
}
