package dev.asyncio.samples.kotlin

import dev.asyncio.Asyncio
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.sleep
import kotlin.math.roundToInt
import kotlin.time.Duration.Companion.seconds

/**
 * Two coroutines awaited one after the other take the sum of their times: 3 s.
 *
 * Mirrors `python/say_after.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    val loop = Asyncio.getRunningLoop()
    val start = loop.time()
    sayAfter(1, "hello")
    sayAfter(2, "world")
    println("finished after ${((loop.time() - start).toMillis() / 1000.0).roundToInt()} s")
}

private suspend fun sayAfter(seconds: Int, what: String) {
    sleep(seconds.seconds)
    println(what)
}
