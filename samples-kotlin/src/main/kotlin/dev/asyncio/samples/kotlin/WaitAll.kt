package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.wait
import kotlin.time.Duration.Companion.seconds

/**
 * wait gives two sets, what is done and what is pending, and raises nothing of what failed.
 *
 * Mirrors `python/wait_all.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    val tasks = listOf(3, 1, 4, 2).map { number -> createTask { square(number) } }
    val result = wait(tasks)
    println("${result.done().size} done, ${result.pending().size} pending")
    println("sum of squares: ${result.done().sumOf { it.result() }}")
}

private suspend fun square(number: Int): Int {
    sleep(number.seconds)
    println("square of $number is ready")
    return number * number
}
