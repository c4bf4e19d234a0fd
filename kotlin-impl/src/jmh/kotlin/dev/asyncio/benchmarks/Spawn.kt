package dev.asyncio.benchmarks

import dev.asyncio.Asyncio
import dev.asyncio.Carrier
import dev.asyncio.Coroutine
import dev.asyncio.EventLoop
import dev.asyncio.Future
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.gather
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runBlocking
import org.openjdk.jmh.annotations.Benchmark
import org.openjdk.jmh.annotations.Param
import org.openjdk.jmh.annotations.Scope
import org.openjdk.jmh.annotations.Setup
import org.openjdk.jmh.annotations.State
import org.openjdk.jmh.annotations.TearDown

/** Makes tasks that do nothing and gathers them, ten thousand at a time. An operation is one such task. */
@State(Scope.Benchmark)
open class Spawn {
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

    @Param("10000")
    @JvmField
    var operations: Int = 0

    private lateinit var running: Contender

    @Setup
    fun setUp() {
        running = when (contender) {
            Contenders.SDK_KOTLIN -> OnLoop.any(::suspending)
            Contenders.SDK_COMPOSED -> OnLoop.callbacks { loop, operations -> Composed(loop, operations).start() }
            Contenders.SDK_JAVA_LOOP -> OnLoop.java(Carrier.LOOP, ::straightLine)
            Contenders.SDK_JAVA_VIRTUAL -> OnLoop.java(Carrier.VIRTUAL, ::straightLine)
            Contenders.SDK_JAVA_PLATFORM -> OnLoop.java(Carrier.PLATFORM, ::straightLine)
            Contenders.KOTLINX -> Kotlinx
            Contenders.VIRTUAL_THREADS -> PlainVirtualThreads
            Contenders.PLATFORM_THREADS -> BatonThreads
            else -> throw IllegalArgumentException(contender)
        }
    }

    @Benchmark
    fun run() = running.run(operations)

    @TearDown
    fun tearDown() = running.close()

    private fun suspending(operations: Int) = coroutine {
        repeat(operations / BATCH) {
            gather(List(BATCH) { createTask { } })
        }
    }

    private fun straightLine(operations: Int) = JavaBodies.spawning(BATCH, operations / BATCH)

    /** Each operation is an operation of the SDK, a `waitFor` of something that is there. */
    private class Composed(private val loop: EventLoop, operations: Int) {
        private var batches = operations / BATCH
        private val all: Future<Unit> = loop.createFuture()
        private val there: Future<Unit> = loop.createFuture<Unit>().apply { setResult(Unit) }
        private val trivial: Coroutine<Unit> = Asyncio.waitFor(there, null)

        fun start(): Future<Unit> {
            loop.callSoon(::next)
            return all
        }

        private fun next() {
            if (batches-- == 0) {
                all.setResult(Unit)
                return
            }
            Asyncio.gather(List(BATCH) { trivial }).addDoneCallback { next() }
        }
    }

    private object Kotlinx : Contender {
        override fun run(operations: Int) = runBlocking {
            repeat(operations / BATCH) {
                List(BATCH) { async { } }.awaitAll()
            }
        }
    }

    private object PlainVirtualThreads : Contender {
        override fun run(operations: Int) = repeat(operations / BATCH) { VirtualThreads.startAndJoin(BATCH) { } }
    }

    private object BatonThreads : Contender {
        override fun run(operations: Int) = repeat(operations / BATCH) {
            val loop = BatonLoop()
            repeat(BATCH) { loop.spawn { } }
            loop.runAll()
        }
    }

    private companion object {
        const val BATCH = 10_000
    }
}
