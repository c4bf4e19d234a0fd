package dev.asyncio.samples.kotlin

import dev.asyncio.Task
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import kotlin.time.Duration.Companion.seconds

/**
 * Ten tasks in the background: a set holds each until its done-callback drops it.
 *
 * Python needs the set because its loop holds tasks weakly. Here the loop itself keeps a running task alive.
 *
 * Mirrors `python/background_tasks.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    val backgroundTasks = mutableSetOf<Task<Unit>>()
    for (number in 0 until 10) {
        val task = createTask { work(number % 3 + 1) }
        backgroundTasks += task
        task.addDoneCallback { backgroundTasks -= task }
    }
    println("${backgroundTasks.size} tasks are made")
    sleep(1.5.seconds)
    println("${backgroundTasks.size} are still at work")
    sleep(2.seconds)
    println("${backgroundTasks.size} are left")
}

private suspend fun work(seconds: Int) {
    sleep(seconds.seconds)
}
