package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.inExecutor
import java.math.BigInteger

/**
 * A computation in the default executor: 25! is more than 64 bits hold, and it is exact.
 *
 * Mirrors `python/big_factorial.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    val result = inExecutor(null) { factorial(25) }
    println("25! = $result")
}

private fun factorial(n: Long): BigInteger =
    (1..n).fold(BigInteger.ONE) { product, factor -> product * BigInteger.valueOf(factor) }
