package dev.asyncio.engine.await

import dev.asyncio.engine.LoopImpl
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext

/*
 * kotlinx's `runBlocking` in the loop's own code. It stops the loop: what waits there for something of that loop would
 * wait for ever, and is refused.
 */

/** What `runBlocking` dispatches to. kotlinx does not publish it; a program that has it renamed is refused nothing. */
private const val BLOCKING_DISPATCHER = "kotlinx.coroutines.BlockingEventLoop"

/** Whether code with this context keeps [loop] from running while it waits. */
internal fun CoroutineContext.blocks(loop: LoopImpl): Boolean =
    this[ContinuationInterceptor]?.javaClass?.name == BLOCKING_DISPATCHER && loop.isOnLoop

internal fun refuseToBlock(): Nothing = throw IllegalStateException(
    "runBlocking stops the very loop that completes what is awaited in it: " +
        "call the suspend function without it, or start a task with createTask",
)
