package dev.asyncio.engine.io

import dev.asyncio.spi.NotOnAndroid
import java.nio.channels.Selector
import java.util.concurrent.locks.LockSupport

/**
 * A platform thread that waits in the selector while a loop on virtual threads is idle. It looks only: what is ready
 * the loop finds for itself. The loop and the helper never use the selector at the same time.
 */
@NotOnAndroid
internal class SelectHelper(private val selector: Selector) {
    /*
     * IDLE --await--> SELECTING --select returns--> IDLE
     *      --close--> CLOSED
     */
    @Volatile private var state = IDLE

    @Volatile private var millis = 0L

    @Volatile private var waiter: Thread? = null

    private val thread = Thread(::run, "asyncio-select").apply {
        isDaemon = true
        start()
    }

    /** Waits until the selector has found something, was woken, or [nanos] have passed. */
    fun await(nanos: Long) {
        millis = if (nanos == Long.MAX_VALUE) 0 else nanos / NANOS_PER_MILLI + 1
        waiter = Thread.currentThread()
        state = SELECTING
        LockSupport.unpark(thread)
        var interrupted = false
        while (state == SELECTING) {
            LockSupport.park(this)
            if (Thread.interrupted()) {
                interrupted = true
                selector.wakeup()
            }
        }
        waiter = null
        if (interrupted) Thread.currentThread().interrupt()
    }

    private fun run() {
        while (true) {
            when (state) {
                CLOSED -> return
                SELECTING -> {
                    selector.select(millis)
                    // What it has put into this set it would not tell of again.
                    selector.selectedKeys().clear()
                    state = IDLE
                    LockSupport.unpark(waiter)
                }
                else -> LockSupport.park(this)
            }
        }
    }

    fun close() {
        state = CLOSED
        LockSupport.unpark(thread)
    }

    private companion object {
        const val IDLE = 0
        const val SELECTING = 1
        const val CLOSED = 2
        const val NANOS_PER_MILLI = 1_000_000L
    }
}
