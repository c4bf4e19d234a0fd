package dev.asyncio.benchmarks

import dev.asyncio.Asyncio
import dev.asyncio.EventLoop
import dev.asyncio.Future
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutine
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.runBlocking
import java.util.concurrent.LinkedBlockingQueue
import kotlin.concurrent.thread

/** Another thread hands work to the loop: `callSoonThreadsafe`. An operation is one such call, and that it was run. */
open class Threadsafe : JmhWorkload() {
    override fun make(contender: String): Contender = when (contender) {
        Contenders.SDK_KOTLIN -> OnLoop.any(::suspending)
        Contenders.SDK_COMPOSED -> OnLoop.callbacks(::callsFromAThread)
        Contenders.KOTLINX -> Kotlinx
        Contenders.VIRTUAL_THREADS -> PlainVirtualThreads
        else -> OnLoop.java(contender, JavaBodies::calledFromAThread)
    }

    private fun suspending(operations: Int) = coroutine {
        callsFromAThread(Asyncio.getRunningLoop(), operations).await()
    }

    private object Kotlinx : Contender {
        override fun run(operations: Int) = runBlocking {
            val channel = Channel<Any>(Channel.UNLIMITED)
            thread { repeat(operations) { channel.trySend(ITEM) } }
            repeat(operations) { channel.receive() }
        }
    }

    private object PlainVirtualThreads : Contender {
        override fun run(operations: Int) {
            val queue = LinkedBlockingQueue<Any>()
            thread { repeat(operations) { queue.put(ITEM) } }
            VirtualThreads.startAndJoin(arrayOf(Runnable { repeat(operations) { queue.take() } }))
        }
    }

    companion object {
        private val ITEM = Any()

        /** Done when the last call has been run. */
        @JvmStatic
        fun callsFromAThread(loop: EventLoop, calls: Int): Future<Unit> {
            val all = loop.createFuture<Unit>()
            var left = calls
            val call = Runnable { if (--left == 0) all.setResult(Unit) }
            thread { repeat(calls) { loop.callSoonThreadsafe(call) } }
            return all
        }
    }
}
