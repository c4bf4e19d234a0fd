package dev.asyncio.samples.kotlin

import dev.asyncio.Asyncio
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import kotlin.math.roundToInt
import kotlin.time.Duration.Companion.seconds

/**
 * The same two coroutines as tasks run at the same time: 2 s, the longer of the two.
 *
 * Mirrors `python/say_after_tasks.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    val loop = Asyncio.getRunningLoop()
    val start = loop.time()
    val hello = createTask { sayAfter(1, "hello") }
    val world = createTask { sayAfter(2, "world") }
    hello.await()
    world.await()
    println("finished after ${((loop.time() - start).toMillis() / 1000.0).roundToInt()} s")
}

private suspend fun sayAfter(seconds: Int, what: String) {
    sleep(seconds.seconds)
    println(what)
}
