package dev.asyncio.samples.kotlin

import dev.asyncio.TimeoutException
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.waitFor
import kotlinx.coroutines.CancellationException
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds

/**
 * waitFor gives up after 30 s, cancels what it waited for and throws TimeoutException.
 *
 * Mirrors `python/wait_for_timeout.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    try {
        waitFor(coroutine { answerThePhone() }, 30.seconds)
    } catch (_: TimeoutException) {
        println("main: nobody answered within 30 s")
    }
}

private suspend fun answerThePhone() {
    try {
        sleep(1.hours)
    } catch (e: CancellationException) {
        println("phone: stops ringing")
        throw e
    }
}
