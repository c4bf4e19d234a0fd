package dev.asyncio.samples.kotlin

import dev.asyncio.Asyncio
import dev.asyncio.EventLoop
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.sleep
import kotlin.time.Duration.Companion.seconds

/**
 * A loop made, run and closed by hand: what `asyncio { }` does for you.
 *
 * Mirrors `python/manual_loop.py` among the test resources of the Java samples.
 */
fun main() {
    Asyncio.setEventLoop(Asyncio.newEventLoop())
    val loop = Asyncio.getEventLoop()
    println("before: the loop is ${state(loop)}")
    println("result: ${loop.runUntilComplete(coroutine { greet() })}")
    println("after: the loop is ${state(loop)}")
    loop.close()
    println("at last: the loop is ${state(loop)}")
}

private suspend fun greet(): String {
    println("greet: the loop is ${state(Asyncio.getEventLoop())}")
    sleep(1.seconds)
    return "hello"
}

private fun state(loop: EventLoop) = when {
    loop.isClosed -> "closed"
    loop.isRunning -> "running"
    else -> "not running"
}
