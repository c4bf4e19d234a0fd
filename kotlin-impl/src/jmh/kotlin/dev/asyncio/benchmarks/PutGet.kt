package dev.asyncio.benchmarks

import dev.asyncio.Carrier
import dev.asyncio.coroutines.awaitGet
import dev.asyncio.coroutines.awaitPut
import dev.asyncio.coroutines.coroutine
import dev.asyncio.queues.Queue
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.runBlocking
import org.openjdk.jmh.annotations.Benchmark
import org.openjdk.jmh.annotations.Param
import org.openjdk.jmh.annotations.Scope
import org.openjdk.jmh.annotations.Setup
import org.openjdk.jmh.annotations.State
import org.openjdk.jmh.annotations.TearDown

/** A task puts an item into a queue and takes it out again. An operation is one such pair. */
@State(Scope.Benchmark)
open class PutGet {
    @Param(
        Contenders.SDK_KOTLIN,
        Contenders.SDK_JAVA_LOOP,
        Contenders.SDK_JAVA_VIRTUAL,
        Contenders.SDK_JAVA_PLATFORM,
        Contenders.KOTLINX,
    )
    @JvmField
    var contender: String = ""

    @Param("10000")
    @JvmField
    var operations: Int = 0

    private lateinit var running: Contender

    @Setup
    fun setUp() {
        running = when (contender) {
            Contenders.SDK_KOTLIN -> OnLoop.any(::suspending)
            Contenders.SDK_JAVA_LOOP -> OnLoop.java(Carrier.LOOP, JavaBodies::puttingAndGetting)
            Contenders.SDK_JAVA_VIRTUAL -> OnLoop.java(Carrier.VIRTUAL, JavaBodies::puttingAndGetting)
            Contenders.SDK_JAVA_PLATFORM -> OnLoop.java(Carrier.PLATFORM, JavaBodies::puttingAndGetting)
            Contenders.KOTLINX -> Kotlinx
            else -> throw IllegalArgumentException(contender)
        }
    }

    @Benchmark
    fun run() = running.run(operations)

    @TearDown
    fun tearDown() = running.close()

    private fun suspending(operations: Int) = coroutine {
        val queue = Queue<Any>(1)
        repeat(operations) {
            queue.awaitPut(ITEM)
            queue.awaitGet()
        }
    }

    private object Kotlinx : Contender {
        override fun run(operations: Int) = runBlocking {
            val channel = Channel<Any>(1)
            repeat(operations) {
                channel.send(ITEM)
                channel.receive()
            }
        }
    }

    private companion object {
        val ITEM = Any()
    }
}
