package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.sleep
import kotlin.time.Duration.Companion.seconds

/**
 * A coroutine that counts down, one number a second.
 *
 * Mirrors `python/countdown.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    countdown("A", 4)
}

private suspend fun countdown(name: String, from: Int) {
    for (n in from downTo 1) {
        println("$name: $n")
        sleep(1.seconds)
    }
    println("$name: lift-off")
}
