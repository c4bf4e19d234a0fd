package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.sleep
import kotlin.time.Duration.Companion.seconds

/**
 * Two countdowns awaited together.
 *
 * Mirrors `python/countdown_gather.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    gather(coroutine { countdown("A", 4) }, coroutine { countdown("B", 3) })
    println("main: both are done")
}

private suspend fun countdown(name: String, from: Int) {
    for (n in from downTo 1) {
        println("$name: $n")
        sleep(1.seconds)
    }
    println("$name: lift-off")
}
