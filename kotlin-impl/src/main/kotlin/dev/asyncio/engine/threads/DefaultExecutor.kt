package dev.asyncio.engine.threads

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.EngineCoroutine
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.toNanosSaturated
import java.time.Duration
import java.util.concurrent.Executor
import java.util.concurrent.ExecutorService
import java.util.concurrent.LinkedBlockingQueue
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
        isShutDown = true
        val service = executor as? ExecutorService
        if (service != null) {
            service.shutdown()
            if (!service.isTerminated) awaitTermination(service, timeout?.toNanosSaturated() ?: Long.MAX_VALUE)
        }
        null
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
            loop.callSoonThreadsafe({
                loop.jobEnded()
                if (!terminated.done()) terminated.setResult(inTime)
            }, null)
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
        isShutDown = true
        (executor as? ExecutorService)?.shutdown()
    }

    private companion object {
        const val MAX_THREADS = 32
        const val EXTRA_THREADS = 4
        const val IDLE_SECONDS = 60L
        val LOGGER: Logger = Logger.getLogger("asyncio")

        fun newPool(): ExecutorService {
            val size = minOf(MAX_THREADS, Runtime.getRuntime().availableProcessors() + EXTRA_THREADS)
            return ThreadPoolExecutor(size, size, IDLE_SECONDS, TimeUnit.SECONDS, LinkedBlockingQueue(), NamedThreads())
        }
    }

    private class NamedThreads : ThreadFactory {
        private val made = AtomicInteger()

        override fun newThread(job: Runnable): Thread =
            Thread(job, "asyncio_${made.getAndIncrement()}").apply { isDaemon = false }
    }
}
