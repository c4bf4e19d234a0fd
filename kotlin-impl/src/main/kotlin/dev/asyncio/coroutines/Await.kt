package dev.asyncio.coroutines

import dev.asyncio.Awaitable
import dev.asyncio.engine.await.awaitSuspending

/**
 * Waits for this future, task or coroutine and returns its result; Python's `await`.
 *
 * A future that is done costs nothing and does not yield. A coroutine runs inside of the calling task. Cancelling the
 * calling task cancels what it waits for. May be called from any coroutine: in one that runs elsewhere than on the
 * loop of a future, the loop is reached through its thread-safe entry.
 *
 * @throws kotlin.coroutines.cancellation.CancellationException if the caller or the awaited future was cancelled
 */
public suspend fun <T> Awaitable<T>.await(): T = awaitSuspending(this)
