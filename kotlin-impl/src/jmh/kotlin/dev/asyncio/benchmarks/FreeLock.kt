package dev.asyncio.benchmarks

import dev.asyncio.Carrier
import dev.asyncio.coroutines.awaitAcquire
import dev.asyncio.coroutines.coroutine
import dev.asyncio.sync.Lock
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import org.openjdk.jmh.annotations.Benchmark
import org.openjdk.jmh.annotations.Param
import org.openjdk.jmh.annotations.Scope
import org.openjdk.jmh.annotations.Setup
import org.openjdk.jmh.annotations.State
import org.openjdk.jmh.annotations.TearDown

/** A task acquires and releases a lock that nobody else wants. An operation is one such pair. */
@State(Scope.Benchmark)
open class FreeLock {
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
            Contenders.SDK_JAVA_LOOP -> OnLoop.java(Carrier.LOOP, JavaBodies::lockingAlone)
            Contenders.SDK_JAVA_VIRTUAL -> OnLoop.java(Carrier.VIRTUAL, JavaBodies::lockingAlone)
            Contenders.SDK_JAVA_PLATFORM -> OnLoop.java(Carrier.PLATFORM, JavaBodies::lockingAlone)
            Contenders.KOTLINX -> Kotlinx
            else -> throw IllegalArgumentException(contender)
        }
    }

    @Benchmark
    fun run() = running.run(operations)

    @TearDown
    fun tearDown() = running.close()

    private fun suspending(operations: Int) = coroutine {
        val lock = Lock()
        repeat(operations) {
            lock.awaitAcquire()
            lock.release()
        }
    }

    private object Kotlinx : Contender {
        override fun run(operations: Int) = runBlocking {
            val mutex = Mutex()
            repeat(operations) {
                mutex.lock()
                mutex.unlock()
            }
        }
    }
}
