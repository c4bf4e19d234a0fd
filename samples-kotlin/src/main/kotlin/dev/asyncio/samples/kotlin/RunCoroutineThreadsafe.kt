package dev.asyncio.samples.kotlin

import dev.asyncio.Asyncio
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.sleep
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread
import kotlin.time.Duration.Companion.seconds

/**
 * A loop in a thread of its own; the main thread hands it a coroutine and blocks for the result.
 *
 * Mirrors `python/run_coroutine_threadsafe.py` among the test resources of the Java samples.
 */
fun main() {
    val loop = Asyncio.newEventLoop()
    val thread = thread { loop.runForever() }

    val future = Asyncio.runCoroutineThreadsafe(coroutine { add(1, 2) }, loop)
    println("main thread: blocks for at most 5 s")
    println("main thread: 1 + 2 = ${future.get(5, TimeUnit.SECONDS)}")

    loop.callSoonThreadsafe { loop.stop() }
    thread.join()
    loop.close()
}

private suspend fun add(a: Int, b: Int): Int {
    sleep(1.seconds)
    return a + b
}
