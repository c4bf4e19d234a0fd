package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import kotlin.time.Duration.Companion.seconds

/**
 * Two countdowns that nobody awaits: when main returns, asyncio cancels what is left.
 *
 * Mirrors `python/countdown_cut_off.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    val tasks = listOf(
        createTask { countdown("A", 3) },
        createTask { countdown("B", 2) },
    )
    println("main: ${tasks.size} tasks are made, neither has begun")
    sleep(1.5.seconds)
    println("main: leaves, and nobody reaches lift-off")
}

private suspend fun countdown(name: String, from: Int) {
    for (n in from downTo 1) {
        println("$name: $n")
        sleep(1.seconds)
    }
    println("$name: lift-off")
}
