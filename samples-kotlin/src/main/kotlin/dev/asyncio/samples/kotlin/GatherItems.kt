package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.sleep
import kotlin.time.Duration.Companion.seconds

/**
 * gather over a list: one coroutine an item, results in the order of the items.
 *
 * Mirrors `python/gather_items.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    val items = listOf("bagel", "tea", "coffee")
    val prices = gather(items.map { item -> coroutine { priceOf(item) } })
    for ((item, price) in items.zip(prices)) {
        println("$item: $price cents")
    }
}

private suspend fun priceOf(item: String): Int {
    sleep(item.length.seconds)
    println("$item: found")
    return item.length * 10
}
