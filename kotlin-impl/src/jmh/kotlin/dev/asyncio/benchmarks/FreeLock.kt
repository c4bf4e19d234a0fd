package dev.asyncio.benchmarks

import dev.asyncio.coroutines.awaitAcquire
import dev.asyncio.coroutines.coroutine
import dev.asyncio.sync.Lock
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex

/** A task acquires and releases a lock that nobody else wants. An operation is one such pair. */
open class FreeLock : JmhWorkload() {
    override fun make(contender: String): Contender = when (contender) {
        Contenders.SDK_KOTLIN -> OnLoop.any(::suspending)
        Contenders.KOTLINX -> Kotlinx
        else -> OnLoop.java(contender, JavaBodies::lockingAlone)
    }

    private fun suspending(operations: Int) = coroutine {
        val lock = Lock()
        repeat(operations) {
            lock.awaitAcquire()
            lock.release()
        }
    }

    private object Kotlinx : Contender {
        override fun run(operations: Int) = runBlocking {
            val mutex = Mutex()
            repeat(operations) {
                mutex.lock()
                mutex.unlock()
            }
        }
    }
}
