package dev.asyncio.engine.runner

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.engine.threads.deliver
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit

/**
 * When the JVM is asked to exit during a run: cancels the main task, and gives it, and then whatever is left when the
 * runner is closed, some seconds to clean up.
 */
internal class ExitHook private constructor(
    private val loop: LoopImpl,
    private val main: TaskImpl<*>,
) : Thread("asyncio-exit") {
    private val finished = CountDownLatch(1)

    override fun run() {
        if (isExitOfOurOwn()) return
        loop.deliver { main.cancel("the JVM is shutting down") }
        finished.await(SECONDS, TimeUnit.SECONDS)
    }

    /** A body that calls System.exit waits for this hook to end: it cannot be waited for. */
    private fun isExitOfOurOwn(): Boolean {
        val driver = loop.drivingThread() ?: return false
        return driver.stackTrace.any { it.className == "java.lang.Runtime" && it.methodName in EXITS }
    }

    /** Whether it could be taken away: once the JVM exits it waits until it is [released][release]. */
    fun uninstall(): Boolean = try {
        Runtime.getRuntime().removeShutdownHook(this)
    } catch (_: IllegalStateException) {
        false
    }

    /** Nothing is left to be cleaned up. */
    fun release() = finished.countDown()

    companion object {
        private const val SECONDS = 5L
        private val EXITS = setOf("exit", "halt")

        /** Null while the JVM exits. */
        fun install(loop: LoopImpl, main: TaskImpl<*>): ExitHook? {
            val hook = ExitHook(loop, main)
            return try {
                Runtime.getRuntime().addShutdownHook(hook)
                hook
            } catch (_: IllegalStateException) {
                null
            }
        }
    }
}
