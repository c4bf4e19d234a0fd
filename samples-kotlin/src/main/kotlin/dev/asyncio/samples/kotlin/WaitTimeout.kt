package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.wait
import kotlin.time.Duration.Companion.seconds

/**
 * wait with a limit of 2 s: it cancels nothing, so what is still pending is ours to cancel.
 *
 * Mirrors `python/wait_timeout.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    val tasks = listOf(1, 3, 5).map { seconds -> createTask { work(seconds) } }
    // @start region="wait"
    val result = wait(tasks, 2.seconds)
    for (task in result.done()) println("done: ${task.result()}")
    for (task in result.pending()) task.cancel()
    println("cancelled: ${result.pending().size} tasks that were not done in time")
    // @end
}

private suspend fun work(seconds: Int): String {
    sleep(seconds.seconds)
    return "work of $seconds s"
}
