package dev.asyncio.engine.threads

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.EngineCoroutine
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.loop.toNanosSaturated
import java.time.Duration
import java.util.concurrent.Executor
import java.util.concurrent.ExecutorService
import java.util.concurrent.LinkedTransferQueue
import java.util.concurrent.RejectedExecutionException
import java.util.concurrent.RejectedExecutionHandler
import java.util.concurrent.ThreadFactory
import java.util.concurrent.ThreadPoolExecutor
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import java.util.logging.Level
import java.util.logging.Logger

/** The executor that a loop uses where none is given: made at first use, joined at shutdown. Loop thread only. */
internal class DefaultExecutor(private val loop: LoopImpl) {
    private var executor: Executor? = null
    private var isShutDown = false

    fun get(): Executor {
        check(!isShutDown) { "Executor shutdown has been called" }
        return executor ?: newPool().also { executor = it }
    }

    fun set(executor: Executor) {
        this.executor = executor
    }

    /** Refuses new jobs at once and waits for the others on a thread of its own; null: as long as it takes. */
    fun shutdown(timeout: Duration?): EngineCoroutine<Void?> = Operation("shutdownDefaultExecutor") {
        val service = tellOfShutdown()
        if (service != null && !service.isTerminated) {
            awaitTermination(service, timeout?.toNanosSaturated() ?: Long.MAX_VALUE)
        }
        null
    }

    /** Null if there is nothing to wait for: an executor may be one that goes on, or that is its container's to end. */
    private fun tellOfShutdown(): ExecutorService? {
        isShutDown = true
        val service = executor as? ExecutorService ?: return null
        try {
            service.shutdown()
            if (service.isShutdown) return service
        } catch (e: RuntimeException) {
            LOGGER.log(Level.WARNING, "The executor is left alone: it refuses to be shut down", e)
        }
        executor = null
        return null
    }

    private suspend fun awaitTermination(service: ExecutorService, nanos: Long) {
        val terminated = loop.createFuture<Boolean>()
        loop.jobStarted()
        val joiner = Thread({
            val inTime =
                try {
                    service.awaitTermination(nanos, TimeUnit.NANOSECONDS)
                } catch (_: InterruptedException) {
                    false
                }
            loop.deliver {
                loop.jobEnded()
                if (!terminated.done()) terminated.setResult(inTime)
            }
        }, "asyncio-executor-shutdown")
        joiner.isDaemon = true
        joiner.start()
        try {
            if (!awaitFuture(terminated)) {
                LOGGER.log(Level.WARNING, "The executor is left alone: its jobs took longer than {0} s", nanos / 1e9)
            }
        } catch (e: Throwable) {
            joiner.interrupt()
            throw e
        }
    }

    /** For a loop that closes: does not wait. */
    fun shutdownNow() {
        tellOfShutdown()
    }

    companion object {
        private const val MAX_THREADS = 32
        private const val EXTRA_THREADS = 4

        /** A program that leaves its loop open ends so much later. */
        private const val IDLE_SECONDS = 5L
        private val LOGGER: Logger = Logger.getLogger("asyncio")

        fun newPool(): ThreadPoolExecutor {
            val size = minOf(MAX_THREADS, Runtime.getRuntime().availableProcessors() + EXTRA_THREADS)
            val jobs = HandedOver()
            return ThreadPoolExecutor(0, size, IDLE_SECONDS, TimeUnit.SECONDS, jobs, NamedThreads(), jobs)
        }
    }

    /** Makes the pool use a thread that is idle before it starts another: takes a job only if one waits for it. */
    private class HandedOver :
        LinkedTransferQueue<Runnable>(),
        RejectedExecutionHandler {
        override fun offer(job: Runnable): Boolean = tryTransfer(job)

        /** There are as many threads as may be, or the pool is shut down. */
        override fun rejectedExecution(job: Runnable, pool: ThreadPoolExecutor) {
            if (pool.isShutdown) throw RejectedExecutionException("$pool is shut down")
            super.offer(job)
            // They may all have ended meanwhile, before they could see it.
            if (pool.poolSize == 0 && remove(job)) pool.execute(job)
        }
    }

    private class NamedThreads : ThreadFactory {
        private val made = AtomicInteger()

        override fun newThread(job: Runnable): Thread =
            Thread(job, "asyncio_${made.getAndIncrement()}").apply { isDaemon = false }
    }
}
