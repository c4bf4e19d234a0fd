package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.sleep
import kotlin.time.Duration.Companion.seconds

/**
 * Three factorials computed side by side; gather lists the results in the order of its arguments.
 *
 * Mirrors `python/factorials.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    // @start region="factorials"
    val results = gather(
        coroutine { factorial("A", 2) },
        coroutine { factorial("B", 3) },
        coroutine { factorial("C", 4) },
    )
    println(results)
    // @end
}

private suspend fun factorial(name: String, number: Int): Int {
    var f = 1
    for (i in 2..number) {
        println("Task $name: Compute factorial($number), currently i=$i...")
        sleep(1.seconds)
        f *= i
    }
    println("Task $name: factorial($number) = $f")
    return f
}
