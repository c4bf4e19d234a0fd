package dev.asyncio.samples.kotlin

import dev.asyncio.Asyncio
import dev.asyncio.EventLoop
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration

/**
 * runForever serves callbacks, without any coroutine, until somebody calls stop.
 *
 * Mirrors `python/run_forever.py` among the test resources of the Java samples.
 */
fun main() {
    val loop = Asyncio.newEventLoop()
    loop.callSoon { tick(loop, 1) }
    loop.runForever()
    println("stopped")
    loop.close()
}

private fun tick(loop: EventLoop, count: Int) {
    println("tick $count")
    if (count < 3) {
        loop.callLater(1.seconds.toJavaDuration()) { tick(loop, count + 1) }
    } else {
        loop.stop()
    }
}
