package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.sleep
import kotlin.time.Duration.Companion.seconds

/**
 * Coroutines in a chain: the second step needs what the first one found.
 *
 * Mirrors `python/chaining.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    println(lookUp("Ada"))
}

private suspend fun lookUp(name: String): String {
    val userId = findUser(name)
    val orders = countOrders(userId)
    return "$name has $orders orders"
}

private suspend fun findUser(name: String): Int {
    println("step 1: who is $name?")
    sleep(1.seconds)
    return 42
}

private suspend fun countOrders(userId: Int): Int {
    println("step 2: what did user $userId order?")
    sleep(1.seconds)
    return 3
}
