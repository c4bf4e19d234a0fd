package dev.asyncio.coroutines

import dev.asyncio.engine.queues.QueueImpl
import dev.asyncio.queues.Queue

/**
 * Adds [item], waiting for room if the queue is full; `await queue.put(item)`. As [Queue.put] awaited, with nothing
 * allocated.
 */
public suspend fun <T> Queue<T>.awaitPut(item: T): Unit = (peer() as QueueImpl<T>).awaitPut(item)

/**
 * Removes and returns the next item, waiting for one if the queue is empty; `await queue.get()`. As [Queue.get]
 * awaited, with nothing allocated if there is an item.
 */
public suspend fun <T> Queue<T>.awaitGet(): T = (peer() as QueueImpl<T>).awaitGet()
