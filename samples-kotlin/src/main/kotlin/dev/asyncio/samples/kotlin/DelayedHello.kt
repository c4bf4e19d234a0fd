package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.sleep
import kotlin.time.Duration.Companion.seconds

/**
 * A coroutine that waits: the second word comes a second after the first.
 *
 * Mirrors `python/delayed_hello.py` among the test resources of the Java samples.
 */
// @start region="delayed-hello"
fun main() = asyncio {
    println("Hello ...")
    sleep(1.seconds)
    println("... world!")
}
// @end
