package dev.asyncio.benchmarks

import dev.asyncio.Asyncio
import dev.asyncio.Awaitable
import dev.asyncio.Carrier
import dev.asyncio.Coroutine
import dev.asyncio.EventLoop
import dev.asyncio.Future
import dev.asyncio.Task
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import java.util.concurrent.CompletableFuture
import kotlin.time.Duration

/**
 * Tasks that all wait for one future: the nanoseconds to make one and get it there, and the bytes that it takes on the heap
 * while it waits. A program of its own, since JMH measures what is allocated and not what stays.
 */
object Memory {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val tasks = arguments[2].toInt()
        val measure = Measurement(tasks)
        when (val contender = arguments[1]) {
            Contenders.SDK_KOTLIN -> onLoop(null) { loop, gate ->
                parkAll(loop, gate, measure) { createTask { gate.await() } }
            }
            Contenders.SDK_COMPOSED -> onLoop(null) { loop, gate ->
                parkAll(loop, gate, measure) { loop.createTask(Asyncio.waitFor(gate, null)) }
            }
            Contenders.KOTLINX -> kotlinx(measure)
            Contenders.VIRTUAL_THREADS -> virtualThreads(measure)
            else -> onLoop(Contenders.CARRIERS.getValue(contender)) { loop, gate -> parkJava(loop, gate, measure) }
        }
        measure.print()
    }

    private fun onLoop(carrier: Carrier?, main: (EventLoop, Future<Any>) -> Coroutine<*>) {
        val loop = if (carrier == null) Asyncio.newEventLoop() else Asyncio.newEventLoop(carrier)
        loop.use { it.runUntilComplete(main(it, it.createFuture())) }
    }

    private fun parkJava(loop: EventLoop, gate: Future<Any>, measure: Measurement): Coroutine<*> {
        val body = JavaBodies.waiting(gate)
        return parkAll(loop, gate, measure) { loop.createTask(body) }
    }

    private fun parkAll(
        loop: EventLoop,
        gate: Future<Any>,
        measure: Measurement,
        make: () -> Task<*>,
    ): Coroutine<*> = coroutine {
        check(loop === Asyncio.getRunningLoop())
        val tasks = arrayOfNulls<Awaitable<*>>(measure.tasks)
        measure.begin()
        for (i in tasks.indices) tasks[i] = make()
        sleep(Duration.ZERO)
        measure.end()
        gate.setResult(Unit)
        for (task in tasks) task!!.await()
    }

    private fun kotlinx(measure: Measurement) = runBlocking {
        val gate = CompletableDeferred<Unit>()
        val jobs = arrayOfNulls<Job>(measure.tasks)
        measure.begin()
        for (i in jobs.indices) jobs[i] = launch { gate.await() }
        yield()
        measure.end()
        gate.complete(Unit)
    }

    private fun virtualThreads(measure: Measurement) {
        val gate = CompletableFuture<Unit>()
        val threads = arrayOfNulls<Thread>(measure.tasks)
        measure.begin()
        for (i in threads.indices) threads[i] = VirtualThreads.start { gate.join() }
        for (thread in threads) while (thread!!.state != Thread.State.WAITING) Thread.yield()
        measure.end()
        gate.complete(Unit)
        for (thread in threads) thread!!.join()
    }

    /** Prints what the runner reads: nanoseconds and bytes, of one task. */
    private class Measurement(val tasks: Int) {
        private var start = 0L
        private var heapBefore = 0L
        private var nanos = 0L
        private var bytes = 0L

        fun begin() {
            heapBefore = usedHeap()
            start = System.nanoTime()
        }

        fun end() {
            nanos = System.nanoTime() - start
            bytes = usedHeap() - heapBefore
        }

        fun print() {
            println(nanos.toDouble() / tasks)
            println(bytes.toDouble() / tasks)
        }

        private fun usedHeap(): Long {
            val runtime = Runtime.getRuntime()
            repeat(COLLECTIONS) { System.gc() }
            return runtime.totalMemory() - runtime.freeMemory()
        }
    }

    private const val COLLECTIONS = 3
}
