package dev.asyncio.engine.threads

import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.CyclicBarrier
import kotlin.concurrent.thread

/** Threads that begin together, so that what they do has a chance to meet. */
internal class OtherThreads(count: Int, action: (Int) -> Unit) : AutoCloseable {
    private val start = CyclicBarrier(count)
    private val failures = CopyOnWriteArrayList<Throwable>()

    private val threads = List(count) { number ->
        thread(name = "other-$number", isDaemon = true) {
            try {
                start.await()
                action(number)
            } catch (e: Throwable) {
                failures.add(e)
            }
        }
    }

    /** Waits for all; throws what one of them failed with. */
    override fun close() {
        threads.forEach(Thread::join)
        failures.firstOrNull()?.let { throw it }
    }
}
