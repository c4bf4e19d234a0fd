package dev.asyncio.benchmarks

import dev.asyncio.Carrier
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.sleep
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import org.openjdk.jmh.annotations.Benchmark
import org.openjdk.jmh.annotations.Param
import org.openjdk.jmh.annotations.Scope
import org.openjdk.jmh.annotations.Setup
import org.openjdk.jmh.annotations.State
import org.openjdk.jmh.annotations.TearDown
import java.util.ArrayDeque
import kotlin.time.Duration

/** One hundred tasks that yield by turns: `await asyncio.sleep(0)`. An operation is one such switch. */
@State(Scope.Benchmark)
open class Switch {
    @Param(
        Contenders.SDK_KOTLIN,
        Contenders.SDK_JAVA_LOOP,
        Contenders.SDK_JAVA_VIRTUAL,
        Contenders.SDK_JAVA_PLATFORM,
        Contenders.KOTLINX,
        Contenders.VIRTUAL_THREADS,
        Contenders.PLATFORM_THREADS,
        Contenders.LIMIT,
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
            Contenders.SDK_JAVA_LOOP -> OnLoop.java(Carrier.LOOP, ::straightLine)
            Contenders.SDK_JAVA_VIRTUAL -> OnLoop.java(Carrier.VIRTUAL, ::straightLine)
            Contenders.SDK_JAVA_PLATFORM -> OnLoop.java(Carrier.PLATFORM, ::straightLine)
            Contenders.KOTLINX -> Kotlinx
            Contenders.VIRTUAL_THREADS -> PlainVirtualThreads
            Contenders.PLATFORM_THREADS -> BatonThreads
            Contenders.LIMIT -> Limit
            else -> throw IllegalArgumentException(contender)
        }
    }

    @Benchmark
    fun run() = running.run(operations)

    @TearDown
    fun tearDown() = running.close()

    private fun suspending(operations: Int) = coroutine {
        gather(
            List(TASKS) {
                createTask { repeat(operations / TASKS) { sleep(Duration.ZERO) } }
            },
        )
    }

    private fun straightLine(operations: Int) = JavaBodies.switching(TASKS, operations / TASKS)

    private object Kotlinx : Contender {
        override fun run(operations: Int) = runBlocking {
            coroutineScope {
                repeat(TASKS) {
                    launch { repeat(operations / TASKS) { yield() } }
                }
            }
        }
    }

    private object PlainVirtualThreads : Contender {
        override fun run(operations: Int) = VirtualThreads.startAndJoin(TASKS) {
            repeat(operations / TASKS) { Thread.yield() }
        }
    }

    private object BatonThreads : Contender {
        override fun run(operations: Int) {
            val loop = BatonLoop()
            repeat(TASKS) {
                loop.spawn { repeat(operations / TASKS) { loop.yieldNow() } }
            }
            loop.runAll()
        }
    }

    private object Limit : Contender {
        private var handled = 0L

        override fun run(operations: Int) {
            val ready = ArrayDeque<Runnable>(TASKS)
            repeat(TASKS) { ready.add(Runnable { handled++ }) }
            repeat(operations) {
                val handle = ready.poll()
                handle.run()
                ready.add(handle)
            }
        }
    }

    private companion object {
        const val TASKS = 100
    }
}
