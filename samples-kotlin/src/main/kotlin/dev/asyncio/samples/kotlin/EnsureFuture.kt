package dev.asyncio.samples.kotlin

import dev.asyncio.Asyncio
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.sleep
import kotlin.time.Duration.Companion.seconds

/**
 * ensureFuture makes a task of a coroutine and hands a future back as it is.
 *
 * Mirrors `python/ensure_future.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    val future = Asyncio.ensureFuture(coroutine { compute() })
    val again = Asyncio.ensureFuture(future)
    println(if (again === future) "one and the same future" else "two futures")
    println("result: ${future.await()}")
}

private suspend fun compute(): Int {
    sleep(1.seconds)
    return 42
}
