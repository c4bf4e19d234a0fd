package dev.asyncio.coroutines

import dev.asyncio.Awaitable
import dev.asyncio.engine.await.awaitSuspending

/**
 * Waits for this future, task or coroutine and returns its result; Python's `await`.
 *
 * Straight in a task's body, a future that is done costs nothing and does not yield. A coroutine runs inside of the
 * calling task. Cancelling the calling task cancels what it waits for. May be called from any coroutine of kotlinx: in
 * one that runs elsewhere than on the loop of a future, the loop is reached through its thread-safe entry. Straight in
 * a task's body the future of another loop is refused with an `IllegalStateException`, as in asyncio, unless it is
 * done; inside of `coroutineScope` it is not.
 *
 * @throws kotlin.coroutines.cancellation.CancellationException if the caller or the awaited future was cancelled
 */
public suspend fun <T> Awaitable<T>.await(): T = awaitSuspending(this)
