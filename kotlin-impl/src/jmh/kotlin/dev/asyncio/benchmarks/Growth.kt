package dev.asyncio.benchmarks

import dev.asyncio.Asyncio
import dev.asyncio.Carrier
import dev.asyncio.Coroutine
import dev.asyncio.EventLoop
import dev.asyncio.Task
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.withLock
import dev.asyncio.sync.Lock
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.yield
import kotlin.random.Random
import kotlin.time.Duration
import java.time.Duration as JavaDuration

/**
 * What an operation costs with so many live tasks, timers, waiters or callbacks. A program of its own: what is made before and
 * after does not count, which JMH's averages cannot leave out.
 */
object Growth {
    val SIZES = listOf(1_000, 10_000, 100_000, 1_000_000)

    val CONTENDERS =
        listOf(Contenders.SDK_KOTLIN, Contenders.SDK_JAVA_LOOP, Contenders.SDK_JAVA_VIRTUAL, Contenders.KOTLINX)

    /**
     * A young generation in which all of it has room. Else the collector copies a million live objects once and again, which
     * takes longer than the operations and says nothing of them.
     */
    val FLAGS = listOf("-Xms8g", "-Xmx8g", "-Xmn4g")

    /** A run does at least so many. */
    private const val OPERATIONS = 2_000_000

    /** Runs until compilers are done: with fewer, what has many frames of the interpreter about seems slow for its size. */
    private const val WARM_UPS = 4
    private const val MEASUREMENTS = 4
    private const val BATCH = 10_000
    private const val ITERATIONS = 4
    private val far = JavaDuration.ofHours(1)

    /** How many operations it was, and how long they took. */
    private class Sample(val operations: Long, val nanos: Long)

    @JvmStatic
    fun main(arguments: Array<String>) {
        val (title, contender, size) = arguments
        val once = sampler(Workload.titled(title)!!, contender, size.toInt())
        repeat(WARM_UPS) { average(once) }
        println((1..MEASUREMENTS).minOf { average(once) })
    }

    private fun average(once: () -> Sample): Double {
        var operations = 0L
        var nanos = 0L
        while (operations < OPERATIONS) {
            val sample = once()
            operations += sample.operations
            nanos += sample.nanos
        }
        return nanos.toDouble() / operations
    }

    private fun sampler(workload: Workload, contender: String, size: Int): () -> Sample {
        if (contender == Contenders.KOTLINX) {
            return when (workload) {
                Workload.GROWTH -> ({ kotlinxSwitch(size) })
                Workload.GROWTH_SPAWN -> ({ kotlinxSpawn(size) })
                else -> ({ kotlinxLock(size) })
            }
        }
        val loop = Asyncio.newEventLoop(Contenders.CARRIERS[contender] ?: Carrier.AUTO)
        val java = contender != Contenders.SDK_KOTLIN
        return {
            val main = when (workload) {
                Workload.GROWTH -> switch(size, java)
                Workload.GROWTH_SPAWN -> spawn(size, java)
                Workload.GROWTH_TIMERS -> timers(loop, size)
                Workload.GROWTH_LOCK -> lock(size)
                else -> callbacks(loop, size)
            }
            loop.runUntilComplete(main)
        }
    }

    /** The tasks yield all the time; each yield of this one lets all of them run once. */
    private fun switch(tasks: Int, java: Boolean): Coroutine<Sample> = coroutine {
        val iterations = iterationsFor(tasks)
        val all: List<Task<*>> = if (java) {
            List(tasks) { Asyncio.createTask(JavaBodies.yielding(iterations + 2)) }
        } else {
            List(tasks) { createTask { repeat(iterations + 2) { sleep(Duration.ZERO) } } }
        }
        sleep(Duration.ZERO)
        val start = System.nanoTime()
        repeat(iterations) { sleep(Duration.ZERO) }
        val nanos = System.nanoTime() - start
        gather(all)
        Sample(iterations.toLong() * tasks, nanos)
    }

    private fun iterationsFor(tasks: Int) = maxOf(ITERATIONS, OPERATIONS / tasks)

    private fun spawn(tasks: Int, java: Boolean): Coroutine<Sample> = coroutine {
        val gate = Asyncio.getRunningLoop().createFuture<Any>()
        val nothing = JavaBodies.nothing()
        val body = JavaBodies.waiting(gate)
        val waiting: List<Task<*>> = if (java) {
            List(tasks) { Asyncio.createTask(body) }
        } else {
            List(tasks) { createTask { gate.await() } }
        }
        sleep(Duration.ZERO)
        val start = System.nanoTime()
        repeat(OPERATIONS / BATCH) {
            gather(List<Task<*>>(BATCH) { if (java) Asyncio.createTask(nothing) else createTask { } })
        }
        val nanos = System.nanoTime() - start
        gate.setResult(Unit)
        gather(waiting)
        Sample(OPERATIONS.toLong(), nanos)
    }

    private fun timers(loop: EventLoop, set: Int): Coroutine<Sample> = coroutine {
        val random = Random(set)
        val delays = List(BATCH) { far.plusNanos(random.nextLong(far.toNanos())) }
        val idle = Runnable {}
        val others = List(set) { loop.callLater(delays[it % BATCH], idle) }
        val start = System.nanoTime()
        repeat(OPERATIONS / BATCH) {
            for (delay in delays) loop.callLater(delay, idle).cancel()
        }
        val nanos = System.nanoTime() - start
        for (timer in others) timer.cancel()
        Sample(OPERATIONS.toLong(), nanos)
    }

    private fun lock(waiters: Int): Coroutine<Sample> = coroutine {
        val lock = Lock()
        var start = 0L
        val last = lock.withLock {
            val tasks = List(waiters) { createTask { lock.withLock { } } }
            sleep(Duration.ZERO)
            start = System.nanoTime()
            tasks.last()
        }
        last.await()
        Sample(waiters.toLong(), System.nanoTime() - start)
    }

    private fun callbacks(loop: EventLoop, count: Int): Coroutine<Sample> = coroutine {
        val future = loop.createFuture<Unit>()
        val end = loop.createFuture<Unit>()
        var left = count
        val start = System.nanoTime()
        repeat(count) { future.addDoneCallback { if (--left == 0) end.setResult(Unit) } }
        future.setResult(Unit)
        end.await()
        Sample(count.toLong(), System.nanoTime() - start)
    }

    private fun kotlinxSwitch(tasks: Int): Sample = runBlocking {
        val iterations = iterationsFor(tasks)
        repeat(tasks) {
            launch { repeat(iterations + 2) { yield() } }
        }
        yield()
        val start = System.nanoTime()
        repeat(iterations) { yield() }
        Sample(iterations.toLong() * tasks, System.nanoTime() - start)
    }

    private fun kotlinxSpawn(tasks: Int): Sample = runBlocking {
        val gate = CompletableDeferred<Unit>()
        repeat(tasks) { launch { gate.await() } }
        yield()
        val start = System.nanoTime()
        repeat(OPERATIONS / BATCH) { List(BATCH) { async { } }.awaitAll() }
        val nanos = System.nanoTime() - start
        gate.complete(Unit)
        Sample(OPERATIONS.toLong(), nanos)
    }

    private fun kotlinxLock(waiters: Int): Sample = runBlocking {
        val mutex = Mutex(locked = true)
        val jobs = List(waiters) { launch { mutex.withLock { } } }
        yield()
        val start = System.nanoTime()
        mutex.unlock()
        jobs.last().join()
        Sample(waiters.toLong(), System.nanoTime() - start)
    }
}
