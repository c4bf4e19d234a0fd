package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import kotlin.time.Duration.Companion.seconds

/**
 * Looks at a task now and then instead of awaiting it; once done() is true, result() gives its value.
 *
 * Mirrors `python/poll_done.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    val task = createTask { compute() }
    while (!task.done()) {
        println("not done yet")
        sleep(1.seconds)
    }
    println("done: ${task.result()}")
}

private suspend fun compute(): String {
    sleep(2.5.seconds)
    return "the answer"
}
