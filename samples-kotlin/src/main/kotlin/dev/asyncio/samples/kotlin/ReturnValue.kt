package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import kotlin.time.Duration.Companion.seconds

/**
 * A task that returns a value: made and awaited in one statement.
 *
 * Mirrors `python/return_value.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    val price = createTask { fetchPrice("bagel") }.await()
    println("a bagel costs $price cents")
}

private suspend fun fetchPrice(item: String): Int {
    sleep(1.seconds)
    return item.length * 10
}
