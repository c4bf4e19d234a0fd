package dev.asyncio.engine.io

import dev.asyncio.spi.NotOnAndroid
import java.util.concurrent.Executor
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.ThreadPoolExecutor
import java.util.concurrent.TimeUnit

/**
 * Where the engines of all loops do the costly parts of handshakes. Not in the default executor, whose jobs may take
 * long, and may wait for the very connection. The threads end when there is nothing to do.
 */
@NotOnAndroid
internal object TlsTasks {
    // Enough for the next step of a handshake to find them.
    private const val IDLE_MILLIS = 100L

    // Some more than can run at once: a trust manager may ask others about a certificate.
    private const val EXTRA_THREADS = 4

    val executor: Executor by lazy {
        val size = Runtime.getRuntime().availableProcessors() + EXTRA_THREADS
        val pool = ThreadPoolExecutor(size, size, IDLE_MILLIS, TimeUnit.MILLISECONDS, LinkedBlockingQueue()) { job ->
            Thread(job, "asyncio-tls").apply { isDaemon = true }
        }
        pool.allowCoreThreadTimeOut(true)
        pool
    }
}
