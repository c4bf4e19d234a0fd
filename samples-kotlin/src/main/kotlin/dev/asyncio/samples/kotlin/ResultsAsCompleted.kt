package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asCompleted
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.sleep
import kotlin.time.Duration.Companion.seconds

/**
 * asCompleted gives the results in the order in which they arrive.
 *
 * Mirrors `python/results_as_completed.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    // @start region="as-completed"
    val pages = listOf(
        coroutine { fetch("news", 3) },
        coroutine { fetch("weather", 1) },
        coroutine { fetch("sports", 2) },
    )
    asCompleted(pages).collect { page -> println(page.result()) }
    // @end
}

private suspend fun fetch(page: String, seconds: Int): String {
    sleep(seconds.seconds)
    return "$page after $seconds s"
}
