package dev.asyncio.benchmarks

import dev.asyncio.Asyncio
import dev.asyncio.EventLoop
import dev.asyncio.Future
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.waitFor
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit
import kotlin.time.Duration.Companion.seconds

/** Limits of ten seconds that never end anything: `wait_for(sleep(0), 10)`. An operation is one of them. */
open class Timeouts : JmhWorkload() {
    override fun make(contender: String): Contender = when (contender) {
        Contenders.SDK_KOTLIN -> OnLoop.any(::suspending)
        Contenders.SDK_COMPOSED -> OnLoop.callbacks { loop, operations -> Composed(loop, operations).start() }
        Contenders.KOTLINX -> Kotlinx
        Contenders.VIRTUAL_THREADS -> PlainVirtualThreads
        else -> OnLoop.java(contender, JavaBodies::limiting)
    }

    private fun suspending(operations: Int) = coroutine {
        val nap = Asyncio.sleep(Duration.ZERO)
        repeat(operations) { waitFor(nap, SECONDS.seconds) }
    }

    /** One task after the other, linked by done-callbacks. */
    private class Composed(private val loop: EventLoop, private var left: Int) {
        private val all: Future<Unit> = loop.createFuture()
        private val limited = Asyncio.waitFor(Asyncio.sleep(Duration.ZERO), Duration.ofSeconds(SECONDS))

        fun start(): Future<Unit> {
            loop.callSoon(::next)
            return all
        }

        private fun next() {
            if (left-- == 0) {
                all.setResult(Unit)
                return
            }
            Asyncio.createTask(limited).addDoneCallback { next() }
        }
    }

    private object Kotlinx : Contender {
        override fun run(operations: Int) = runBlocking {
            repeat(operations) { withTimeout(SECONDS.seconds) { yield() } }
        }
    }

    /** What is limited has to be somebody else's work: a virtual thread that completes a future. */
    private object PlainVirtualThreads : Contender {
        override fun run(operations: Int) = VirtualThreads.startAndJoin(
            arrayOf(
                Runnable {
                    repeat(operations) {
                        val result = CompletableFuture<Unit>()
                        VirtualThreads.start { result.complete(Unit) }
                        result.get(SECONDS, TimeUnit.SECONDS)
                    }
                },
            ),
        )
    }

    private companion object {
        const val SECONDS = 10L
    }
}
