package dev.asyncio.benchmarks

import dev.asyncio.Asyncio
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.sleep
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import java.util.concurrent.TimeUnit
import kotlin.time.Duration.Companion.microseconds
import kotlin.time.toJavaDuration

/**
 * Tasks that sleep for up to 50 ms, all at once. An operation is one of them; a run takes 50 ms at least, whoever does it.
 */
open class Timers : JmhWorkload() {
    override fun make(contender: String): Contender = when (contender) {
        Contenders.SDK_KOTLIN -> OnLoop.any(::suspending)
        Contenders.SDK_COMPOSED -> OnLoop.callbacks { _, operations -> composed(operations) }
        Contenders.KOTLINX -> Kotlinx
        Contenders.VIRTUAL_THREADS -> PlainVirtualThreads
        Contenders.PLATFORM_THREADS -> PlatformThreads
        else -> OnLoop.java(contender, JavaBodies::sleeping)
    }

    private fun suspending(operations: Int) = coroutine {
        gather(List(operations) { createTask { sleep(delayOf(it).microseconds) } })
    }

    private fun composed(operations: Int) =
        Asyncio.gather(List(operations) { Asyncio.sleep(delayOf(it).microseconds.toJavaDuration()) })

    private object Kotlinx : Contender {
        override fun run(operations: Int) = runBlocking {
            coroutineScope {
                repeat(operations) { launch { delay(delayOf(it).microseconds) } }
            }
        }
    }

    private object PlainVirtualThreads : Contender {
        override fun run(operations: Int) = VirtualThreads.startAndJoin(Array(operations) { Runnable { pause(it) } })
    }

    private object PlatformThreads : Contender {
        override fun run(operations: Int) {
            val threads = Array(operations) { Thread(null, { pause(it) }, "body", BatonLoop.STACK_BYTES) }
            for (thread in threads) thread.start()
            for (thread in threads) thread.join()
        }
    }

    companion object {
        private const val LONGEST_MICROS = 50_000
        private const val SCATTER = 7919 // a prime: neighbours sleep for very different times

        /** Microseconds that the task of this number sleeps. */
        @JvmStatic
        fun delayOf(number: Int): Int = (number.toLong() * SCATTER % LONGEST_MICROS).toInt()

        private fun pause(number: Int) = TimeUnit.MICROSECONDS.sleep(delayOf(number).toLong())
    }
}
