package dev.asyncio.benchmarks

import dev.asyncio.Carrier
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.withLock
import dev.asyncio.sync.Lock
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.yield
import org.openjdk.jmh.annotations.Benchmark
import org.openjdk.jmh.annotations.Param
import org.openjdk.jmh.annotations.Scope
import org.openjdk.jmh.annotations.Setup
import org.openjdk.jmh.annotations.State
import org.openjdk.jmh.annotations.TearDown
import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.withLock
import kotlin.time.Duration

/** One hundred tasks contend for one lock, and yield while they hold it. An operation is one turn with the lock. */
@State(Scope.Benchmark)
open class Handover {
    @Param(
        Contenders.SDK_KOTLIN,
        Contenders.SDK_JAVA_LOOP,
        Contenders.SDK_JAVA_VIRTUAL,
        Contenders.SDK_JAVA_PLATFORM,
        Contenders.KOTLINX,
        Contenders.VIRTUAL_THREADS,
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
            else -> throw IllegalArgumentException(contender)
        }
    }

    @Benchmark
    fun run() = running.run(operations)

    @TearDown
    fun tearDown() = running.close()

    private fun suspending(operations: Int) = coroutine {
        val lock = Lock()
        gather(
            List(TASKS) {
                createTask {
                    repeat(operations / TASKS) {
                        lock.withLock { sleep(Duration.ZERO) }
                    }
                }
            },
        )
    }

    private fun straightLine(operations: Int) = JavaBodies.handingOver(TASKS, operations / TASKS)

    private object Kotlinx : Contender {
        override fun run(operations: Int) = runBlocking {
            val mutex = Mutex()
            coroutineScope {
                repeat(TASKS) {
                    launch {
                        repeat(operations / TASKS) {
                            mutex.withLock { yield() }
                        }
                    }
                }
            }
        }
    }

    private object PlainVirtualThreads : Contender {
        override fun run(operations: Int) {
            val lock = ReentrantLock(true)
            VirtualThreads.startAndJoin(TASKS) {
                repeat(operations / TASKS) {
                    lock.withLock { Thread.yield() }
                }
            }
        }
    }

    private companion object {
        const val TASKS = 100
    }
}
