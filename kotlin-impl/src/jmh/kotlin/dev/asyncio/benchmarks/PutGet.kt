package dev.asyncio.benchmarks

import dev.asyncio.coroutines.awaitGet
import dev.asyncio.coroutines.awaitPut
import dev.asyncio.coroutines.coroutine
import dev.asyncio.queues.Queue
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.runBlocking

/** A task puts an item into a queue and takes it out again. An operation is one such pair. */
open class PutGet : JmhWorkload() {
    override fun make(contender: String): Contender = when (contender) {
        Contenders.SDK_KOTLIN -> OnLoop.any(::suspending)
        Contenders.KOTLINX -> Kotlinx
        else -> OnLoop.java(contender, JavaBodies::puttingAndGetting)
    }

    private fun suspending(operations: Int) = coroutine {
        val queue = Queue<Any>(1)
        repeat(operations) {
            queue.awaitPut(ITEM)
            queue.awaitGet()
        }
    }

    private object Kotlinx : Contender {
        override fun run(operations: Int) = runBlocking {
            val channel = Channel<Any>(1)
            repeat(operations) {
                channel.send(ITEM)
                channel.receive()
            }
        }
    }

    private companion object {
        val ITEM = Any()
    }
}
