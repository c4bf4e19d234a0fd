package dev.asyncio.benchmarks

import dev.asyncio.Asyncio
import dev.asyncio.Carrier
import dev.asyncio.EventLoop
import dev.asyncio.Future
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutine
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.runBlocking
import org.openjdk.jmh.annotations.Benchmark
import org.openjdk.jmh.annotations.Param
import org.openjdk.jmh.annotations.Scope
import org.openjdk.jmh.annotations.Setup
import org.openjdk.jmh.annotations.State
import org.openjdk.jmh.annotations.TearDown
import java.util.concurrent.LinkedBlockingQueue
import kotlin.concurrent.thread

/** Another thread hands work to the loop: `callSoonThreadsafe`. An operation is one such call, and that it was run. */
@State(Scope.Benchmark)
open class Threadsafe {
    @Param(
        Contenders.SDK_KOTLIN,
        Contenders.SDK_COMPOSED,
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
            Contenders.SDK_COMPOSED -> OnLoop.callbacks(::callsFromAThread)
            Contenders.SDK_JAVA_LOOP -> OnLoop.java(Carrier.LOOP, JavaBodies::calledFromAThread)
            Contenders.SDK_JAVA_VIRTUAL -> OnLoop.java(Carrier.VIRTUAL, JavaBodies::calledFromAThread)
            Contenders.SDK_JAVA_PLATFORM -> OnLoop.java(Carrier.PLATFORM, JavaBodies::calledFromAThread)
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
