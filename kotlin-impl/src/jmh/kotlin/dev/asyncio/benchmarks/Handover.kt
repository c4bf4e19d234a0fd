package dev.asyncio.benchmarks

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
import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.withLock
import kotlin.time.Duration

/** One hundred tasks contend for one lock, and yield while they hold it. An operation is one turn with the lock. */
open class Handover : JmhWorkload() {
    override fun make(contender: String): Contender = when (contender) {
        Contenders.SDK_KOTLIN -> OnLoop.any(::suspending)
        Contenders.KOTLINX -> Kotlinx
        Contenders.VIRTUAL_THREADS -> PlainVirtualThreads
        else -> OnLoop.java(contender, ::straightLine)
    }

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
