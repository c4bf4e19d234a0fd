package dev.asyncio.vertx

import dev.asyncio.AsyncIterator
import dev.asyncio.coroutines.await
import io.vertx.core.Future
import io.vertx.core.streams.ReadStream

/**
 * Waits for this future, on the loop, and returns its result; [VertxFutures.awaitable], awaited. Vert.x's own `await`
 * would block the loop.
 *
 * @throws dev.asyncio.NoRunningLoopException if the calling thread runs no loop
 */
public suspend fun <T> Future<T>.awaitResult(): T = VertxFutures.awaitable(this).await()

/**
 * As [awaitResult], and a result that comes after the caller was cancelled is given to [unwanted], on Vert.x's
 * thread.
 */
public suspend fun <T> Future<T>.awaitResult(unwanted: (T) -> Unit): T =
    VertxFutures.awaitable(this) { unwanted(it) }.await()

/** The elements of this stream, with back pressure. As [VertxStreams.iterate]. */
public fun <T : Any> ReadStream<T>.asAsyncIterator(): AsyncIterator<T> = VertxStreams.iterate(this)
