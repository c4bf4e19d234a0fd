package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asyncio

/**
 * The smallest program: one coroutine, run to its end.
 *
 * Mirrors `python/hello.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    println("Hello, world!")
}
