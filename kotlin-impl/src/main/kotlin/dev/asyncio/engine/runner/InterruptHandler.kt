package dev.asyncio.engine.runner

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.loop.SignalClaim
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.spi.NotOnAndroid
import sun.misc.Signal

/**
 * Ctrl-C during `run`: the first cancels the main task, a second makes the loop throw KeyboardInterrupt at its next
 * iteration. One run at a time has it, and only where nobody else has claimed the signal.
 */
@NotOnAndroid
internal class InterruptHandler private constructor(private val loop: LoopImpl, private val main: TaskImpl<*>) {
    @Volatile
    var fired = false
        private set

    private var claim: SignalClaim? = null

    private fun interrupt() {
        if (fired) return loop.requestInterrupt()
        fired = true
        loop.callSoonThreadsafe({ if (!main.cancel(null)) loop.requestInterrupt() }, null)
    }

    fun uninstall() {
        claim?.release()
    }

    @NotOnAndroid
    companion object {
        /** Null where the platform has no such signal, or it is taken. */
        fun install(loop: LoopImpl, main: TaskImpl<*>): InterruptHandler? {
            val handler = InterruptHandler(loop, main)
            handler.claim =
                try {
                    SignalClaim.ofFree(Signal("INT"), handler::interrupt)
                } catch (_: IllegalArgumentException) {
                    null // the JVM was told to keep its hands off signals
                }
            return handler.takeIf { it.claim != null }
        }
    }
}
