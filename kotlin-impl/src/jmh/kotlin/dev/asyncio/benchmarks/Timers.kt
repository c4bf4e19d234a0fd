package dev.asyncio.benchmarks

import dev.asyncio.Asyncio
import dev.asyncio.Carrier
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.sleep
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.openjdk.jmh.annotations.Benchmark
import org.openjdk.jmh.annotations.Param
import org.openjdk.jmh.annotations.Scope
import org.openjdk.jmh.annotations.Setup
import org.openjdk.jmh.annotations.State
import org.openjdk.jmh.annotations.TearDown
import java.util.concurrent.TimeUnit
import kotlin.time.Duration.Companion.microseconds
import kotlin.time.toJavaDuration

/**
 * Tasks that sleep for up to 50 ms, all at once. An operation is one of them; a run takes 50 ms at least, whoever does it.
 */
@State(Scope.Benchmark)
open class Timers {
    @Param(
        Contenders.SDK_KOTLIN,
        Contenders.SDK_COMPOSED,
        Contenders.SDK_JAVA_LOOP,
        Contenders.SDK_JAVA_VIRTUAL,
        Contenders.SDK_JAVA_PLATFORM,
        Contenders.KOTLINX,
        Contenders.VIRTUAL_THREADS,
        Contenders.PLATFORM_THREADS,
    )
    @JvmField
    var contender: String = ""

    @Param("4000")
    @JvmField
    var operations: Int = 0

    private lateinit var running: Contender

    @Setup
    fun setUp() {
        running = when (contender) {
            Contenders.SDK_KOTLIN -> OnLoop.any(::suspending)
            Contenders.SDK_COMPOSED -> OnLoop.callbacks { _, operations -> composed(operations) }
            Contenders.SDK_JAVA_LOOP -> OnLoop.java(Carrier.LOOP, JavaBodies::sleeping)
            Contenders.SDK_JAVA_VIRTUAL -> OnLoop.java(Carrier.VIRTUAL, JavaBodies::sleeping)
            Contenders.SDK_JAVA_PLATFORM -> OnLoop.java(Carrier.PLATFORM, JavaBodies::sleeping)
            Contenders.KOTLINX -> Kotlinx
            Contenders.VIRTUAL_THREADS -> PlainVirtualThreads
            Contenders.PLATFORM_THREADS -> PlatformThreads
            else -> throw IllegalArgumentException(contender)
        }
    }

    @Benchmark
    fun run() = running.run(operations)

    @TearDown
    fun tearDown() = running.close()

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
