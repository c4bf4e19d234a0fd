package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import kotlin.math.sqrt
import kotlin.time.Duration

/**
 * A computation that never waits lets others run by `sleep(ZERO)`: one turn of the loop, no time.
 *
 * Mirrors `python/cpu_bound.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    val primes = createTask { countPrimes(5000) }
    val beats = createTask { heartbeat() }
    println("main: ${primes.await()} primes")
    beats.await()
}

private suspend fun countPrimes(limit: Int): Int {
    var count = 0
    for (n in 2..limit) {
        if (isPrime(n)) count++
        if (n % 1000 == 0) {
            println("primes: $count up to $n")
            sleep(Duration.ZERO)
        }
    }
    return count
}

private suspend fun heartbeat() {
    for (beat in 1..3) {
        println("heartbeat: $beat")
        sleep(Duration.ZERO)
    }
}

private fun isPrime(n: Int) = (2..sqrt(n.toDouble()).toInt()).none { n % it == 0 }
