package dev.asyncio.coroutines

import dev.asyncio.engine.sync.Acquirable
import dev.asyncio.engine.sync.ConditionImpl
import dev.asyncio.sync.Condition
import dev.asyncio.sync.Lock
import dev.asyncio.sync.Semaphore
import kotlin.contracts.ExperimentalContracts
import kotlin.contracts.InvocationKind
import kotlin.contracts.contract

/**
 * Runs [block] with this lock held; `async with lock`. The lock is released however the block ends, on the thread on
 * which it does: in `Dispatchers.Unconfined` that has to be the loop's.
 *
 * @throws dev.asyncio.WrongLoopThreadException in a coroutine that was moved to another dispatcher than the loop's
 */
@OptIn(ExperimentalContracts::class)
public suspend inline fun <T> Lock.withLock(block: () -> T): T {
    contract { callsInPlace(block, InvocationKind.EXACTLY_ONCE) }
    awaitAcquire()
    try {
        return block()
    } finally {
        release()
    }
}

/**
 * Runs [block] with this condition's lock held; `async with condition`. The lock is released however the block ends.
 */
@OptIn(ExperimentalContracts::class)
public suspend inline fun <T> Condition.withLock(block: () -> T): T {
    contract { callsInPlace(block, InvocationKind.EXACTLY_ONCE) }
    awaitAcquire()
    try {
        return block()
    } finally {
        release()
    }
}

/** Runs [block] between acquiring and releasing this semaphore, however the block ends; `async with semaphore`. */
@OptIn(ExperimentalContracts::class)
public suspend inline fun <T> Semaphore.withPermit(block: () -> T): T {
    contract { callsInPlace(block, InvocationKind.EXACTLY_ONCE) }
    awaitAcquire()
    try {
        return block()
    } finally {
        release()
    }
}

/**
 * Acquires this lock; `await lock.acquire()`. As [Lock.acquire] awaited, with nothing allocated if the lock is free.
 */
public suspend fun Lock.awaitAcquire(): Unit = (peer() as Acquirable).awaitAcquire()

/** Acquires this condition's lock; `await condition.acquire()`. As [Condition.acquire] awaited. */
public suspend fun Condition.awaitAcquire(): Unit = (peer() as ConditionImpl).awaitAcquire()

/**
 * Acquires this semaphore; `await semaphore.acquire()`. As [Semaphore.acquire] awaited, with nothing allocated if it
 * is free.
 */
public suspend fun Semaphore.awaitAcquire(): Unit = (peer() as Acquirable).awaitAcquire()
