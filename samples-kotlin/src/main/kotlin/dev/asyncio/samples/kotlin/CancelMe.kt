package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import kotlinx.coroutines.CancellationException
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds

/**
 * Cancels a task in mid-flight: it sees the cancellation at its await, cleans up and lets it go on.
 *
 * Mirrors `python/cancel_me.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    val task = createTask { cancelMe() }
    sleep(1.seconds)
    task.cancel()
    try {
        task.await()
    } catch (_: CancellationException) {
        println("main(): cancel_me is cancelled now")
    }
}

private suspend fun cancelMe() {
    println("cancel_me(): before sleep")
    try {
        sleep(1.hours)
    } catch (e: CancellationException) {
        println("cancel_me(): cancel sleep")
        throw e
    } finally {
        println("cancel_me(): after sleep")
    }
}
