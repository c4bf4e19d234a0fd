package dev.asyncio.benchmarks

import dev.asyncio.Asyncio
import dev.asyncio.EventLoop
import dev.asyncio.Future
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.awaitGet
import dev.asyncio.coroutines.awaitPut
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.queues.Queue
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import java.util.concurrent.ArrayBlockingQueue

/** Two tasks send an item to and fro through two queues that hold one item each. An operation is one round trip. */
open class PingPong : JmhWorkload() {
    override fun make(contender: String): Contender = when (contender) {
        Contenders.SDK_KOTLIN -> OnLoop.any(::suspending)
        Contenders.SDK_COMPOSED -> OnLoop.callbacks { loop, operations -> Composed(loop, operations).start() }
        Contenders.KOTLINX -> Kotlinx
        Contenders.VIRTUAL_THREADS -> PlainVirtualThreads
        Contenders.PLATFORM_THREADS -> BatonThreads
        else -> OnLoop.java(contender, JavaBodies::pingPong)
    }

    private fun suspending(operations: Int) = coroutine {
        val there = Queue<Any>(1)
        val back = Queue<Any>(1)
        val echo = createTask {
            repeat(operations) { back.awaitPut(there.awaitGet()) }
        }
        repeat(operations) {
            there.awaitPut(ITEM)
            back.awaitGet()
        }
        echo.await()
    }

    /** Each end is a chain of tasks of queue operations, linked by done-callbacks. */
    private class Composed(private val loop: EventLoop, private val operations: Int) {
        private val there = Queue<Any>(1)
        private val back = Queue<Any>(1)
        private val all: Future<Unit> = loop.createFuture()
        private var echoes = 0
        private var trips = 0

        fun start(): Future<Unit> {
            loop.callSoon(::echo)
            loop.callSoon(::send)
            return all
        }

        private fun echo() {
            if (echoes++ == operations) return
            Asyncio.createTask(there.get()).addDoneCallback { got ->
                Asyncio.createTask(back.put(got.result())).addDoneCallback { echo() }
            }
        }

        private fun send() {
            if (trips++ == operations) {
                all.setResult(Unit)
                return
            }
            Asyncio.createTask(there.put(ITEM)).addDoneCallback {
                Asyncio.createTask(back.get()).addDoneCallback { send() }
            }
        }
    }

    private object Kotlinx : Contender {
        override fun run(operations: Int) = runBlocking {
            val there = Channel<Any>(1)
            val back = Channel<Any>(1)
            val echo = launch {
                repeat(operations) { back.send(there.receive()) }
            }
            repeat(operations) {
                there.send(ITEM)
                back.receive()
            }
            echo.join()
        }
    }

    private object PlainVirtualThreads : Contender {
        override fun run(operations: Int) {
            val there = ArrayBlockingQueue<Any>(1)
            val back = ArrayBlockingQueue<Any>(1)
            val echo = Runnable { repeat(operations) { back.put(there.take()) } }
            val sender = Runnable {
                repeat(operations) {
                    there.put(ITEM)
                    back.take()
                }
            }
            VirtualThreads.startAndJoin(arrayOf(echo, sender))
        }
    }

    private object BatonThreads : Contender {
        override fun run(operations: Int) {
            val loop = BatonLoop()
            val there = loop.Slot()
            val back = loop.Slot()
            loop.spawn {
                repeat(operations) { back.put(there.take()) }
            }
            loop.spawn {
                repeat(operations) {
                    there.put(ITEM)
                    back.take()
                }
            }
            loop.runAll()
        }
    }

    private companion object {
        val ITEM = Any()
    }
}
