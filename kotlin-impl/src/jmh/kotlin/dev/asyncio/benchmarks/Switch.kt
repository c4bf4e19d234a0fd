package dev.asyncio.benchmarks

import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.sleep
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import java.util.ArrayDeque
import kotlin.time.Duration

/** One hundred tasks that yield by turns: `await asyncio.sleep(0)`. An operation is one such switch. */
open class Switch : JmhWorkload() {
    override fun make(contender: String): Contender = when (contender) {
        Contenders.SDK_KOTLIN -> OnLoop.any(::suspending)
        Contenders.KOTLINX -> Kotlinx
        Contenders.VIRTUAL_THREADS -> PlainVirtualThreads
        Contenders.PLATFORM_THREADS -> BatonThreads
        Contenders.LIMIT -> Limit
        else -> OnLoop.java(contender, ::straightLine)
    }

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
