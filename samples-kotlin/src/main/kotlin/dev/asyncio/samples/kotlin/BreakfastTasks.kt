package dev.asyncio.samples.kotlin

import dev.asyncio.Asyncio
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import kotlin.math.roundToInt
import kotlin.time.Duration.Companion.seconds

/**
 * Coffee and bagel as two tasks: both are begun before either is waited for, 3 s.
 *
 * Mirrors `python/breakfast_tasks.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    val loop = Asyncio.getRunningLoop()
    val start = loop.time()
    val coffeeTask = createTask { brewCoffee() }
    val bagelTask = createTask { toastBagel() }
    val coffee = coffeeTask.await()
    val bagel = bagelTask.await()
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
