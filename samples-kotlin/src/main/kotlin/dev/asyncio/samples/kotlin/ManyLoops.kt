package dev.asyncio.samples.kotlin

import dev.asyncio.Asyncio
import dev.asyncio.EventLoop
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.sleep
import kotlinx.coroutines.future.await
import kotlin.concurrent.thread
import kotlin.math.sqrt
import kotlin.time.Duration

/** A loop for each core, each on a thread of its own, and work that is dealt between them. */
fun main() {
    val loops = List(Runtime.getRuntime().availableProcessors()) { Asyncio.newEventLoop() }
    val threads = loops.mapIndexed { i, loop -> thread(name = "loop-$i") { loop.runForever() } }
    try {
        asyncio { deal(loops) }
    } finally {
        for ((loop, thread) in loops zip threads) {
            loop.callSoonThreadsafe(loop::stop)
            thread.join()
            loop.close()
        }
    }
}

// @start region="many-loops"
private suspend fun deal(loops: List<EventLoop>) {
    val counts = (0 until 8).map { part ->
        val count = coroutine { countPrimes(part * 25_000 until (part + 1) * 25_000) }
        Asyncio.runCoroutineThreadsafe(count, loops[part % loops.size])
    }
    val primes = counts.sumOf { it.await() }
    println("$primes primes below 200000, counted on ${loops.size} loops")
}

/** Runs on one of the loops, beside others: after each thousand it lets them go on. */
private suspend fun countPrimes(numbers: IntRange): Int {
    var count = 0
    for (n in numbers) {
        if (isPrime(n)) count++
        if (n % 1000 == 0) sleep(Duration.ZERO)
    }
    return count
}
// @end

private fun isPrime(n: Int) = n > 1 && (2..sqrt(n.toDouble()).toInt()).none { n % it == 0 }
