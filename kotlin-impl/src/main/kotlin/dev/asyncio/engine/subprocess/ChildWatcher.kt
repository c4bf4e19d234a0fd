package dev.asyncio.engine.subprocess

import dev.asyncio.spi.NotOnAndroid
import java.util.concurrent.CompletableFuture

/**
 * Waits for the end of [process] on a thread of its own; asyncio's `ThreadedChildWatcher`. [Process.onExit] tells of it
 * on the JVM's common pool, whose threads may all be busy for long, or even with waiting for this.
 *
 * It is a platform thread also where there are virtual ones: these need a thread of the scheduler, and code that blocks
 * may hold all of them.
 */
@NotOnAndroid
internal class ChildWatcher(private val process: Process) : Runnable {
    private val status = CompletableFuture<Int>()

    fun start() = Thread(null, this, "asyncio-child-${process.pid()}", STACK_SIZE).apply { isDaemon = true }.start()

    /** Calls [action] with the exit status: on the thread that waits, or at once if the process has ended. */
    fun onExit(action: (Int) -> Unit) {
        status.thenAccept(action)
    }

    override fun run() {
        while (true) {
            try {
                status.complete(process.waitFor())
                return
            } catch (_: InterruptedException) {
                continue // it is nobody's to interrupt
            }
        }
    }

    @NotOnAndroid
    private companion object {
        const val STACK_SIZE = 256L * 1024
    }
}
