package dev.asyncio.samples.kotlin

import dev.asyncio.Asyncio
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.sleep
import kotlin.math.roundToInt
import kotlin.time.Duration.Companion.seconds

/**
 * Coffee first, then the bagel: one person who watches each until it is ready, 5 s.
 *
 * Mirrors `python/breakfast_one_by_one.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    val loop = Asyncio.getRunningLoop()
    val start = loop.time()
    val coffee = brewCoffee()
    val bagel = toastBagel()
    val seconds = ((loop.time() - start).toMillis() / 1000.0).roundToInt()
    println("breakfast is $coffee and $bagel, after $seconds s")
}

private suspend fun brewCoffee(): String {
    println("coffee: brewing")
    sleep(3.seconds)
    println("coffee: done")
    return "a cup of coffee"
}

private suspend fun toastBagel(): String {
    println("bagel: toasting")
    sleep(2.seconds)
    println("bagel: done")
    return "a toasted bagel"
}
