package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import kotlin.time.Duration.Companion.seconds

/**
 * Two countdowns side by side, and main that speaks in between.
 *
 * Mirrors `python/countdown_tasks.py` among the test resources of the Java samples.
 */
// @start region="tasks"
fun main() = asyncio {
    val a = createTask { countdown("A", 3) }
    val b = createTask { countdown("B", 2) }
    println("main: two tasks are made, neither has begun")
    sleep(0.5.seconds)
    println("main: both are counting")
    a.await()
    println("main: A is done")
    b.await()
    println("main: B had been done before")
}
// @end

private suspend fun countdown(name: String, from: Int) {
    for (n in from downTo 1) {
        println("$name: $n")
        sleep(1.seconds)
    }
    println("$name: lift-off")
}
