package dev.asyncio.samples.kotlin

import dev.asyncio.Asyncio
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.sleep
import kotlin.math.roundToInt
import kotlin.time.Duration.Companion.seconds

/**
 * Coffee and bagel together by gather, which gives both results in the order asked for: 3 s.
 *
 * Mirrors `python/breakfast.py` among the test resources of the Java samples.
 */
// @start region="breakfast"
fun main() = asyncio {
    val loop = Asyncio.getRunningLoop()
    val start = loop.time()
    val (coffee, bagel) = gather(coroutine { brewCoffee() }, coroutine { toastBagel() })
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
// @end
