package dev.asyncio.benchmarks

import dev.asyncio.Asyncio
import dev.asyncio.Coroutine
import dev.asyncio.EventLoop
import dev.asyncio.Future
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.gather
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runBlocking
import java.util.concurrent.CompletableFuture

/** Makes tasks that do nothing and gathers them, ten thousand at a time. An operation is one such task. */
open class Spawn : JmhWorkload() {
    override fun make(contender: String): Contender = when (contender) {
        Contenders.SDK_KOTLIN -> OnLoop.any(::suspending)
        Contenders.SDK_COMPOSED -> OnLoop.callbacks { loop, operations -> Composed(loop, operations).start() }
        Contenders.KOTLINX -> Kotlinx
        Contenders.VIRTUAL_THREADS -> PlainVirtualThreads
        Contenders.PLATFORM_THREADS -> BatonThreads
        else -> OnLoop.java(contender, ::straightLine)
    }

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
        override fun run(operations: Int) = repeat(operations / BATCH) {
            val results = List(BATCH) { CompletableFuture<Int>() }
            for (result in results) VirtualThreads.start { result.complete(1) }
            results.map { it.join() }
        }
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
