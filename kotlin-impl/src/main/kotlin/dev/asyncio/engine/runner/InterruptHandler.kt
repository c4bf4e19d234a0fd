package dev.asyncio.engine.runner

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.spi.NotOnAndroid
import sun.misc.Signal
import sun.misc.SignalHandler

/**
 * Ctrl-C during `run`: the first cancels the main task, a second makes the loop throw KeyboardInterrupt at its next
 * iteration. One run at a time has it, and only where nobody else has claimed the signal.
 */
@NotOnAndroid
internal class InterruptHandler private constructor(
    private val loop: LoopImpl,
    private val main: TaskImpl<*>,
) : SignalHandler {
    @Volatile
    var fired = false
        private set

    private var previous: SignalHandler? = null

    override fun handle(signal: Signal) {
        if (fired) return loop.requestInterrupt()
        fired = true
        loop.callSoonThreadsafe({ if (!main.cancel(null)) loop.requestInterrupt() }, null)
    }

    fun uninstall() {
        synchronized(LOCK) {
            val displaced = Signal.handle(INT, previous)
            if (displaced !== this) Signal.handle(INT, displaced) // changed meanwhile: theirs stays
            installed = null
        }
    }

    @NotOnAndroid
    companion object {
        private val LOCK = Any()
        private val INT by lazy { Signal("INT") }
        private var installed: InterruptHandler? = null

        /** Null where the platform has no such signal, or it is taken. */
        fun install(loop: LoopImpl, main: TaskImpl<*>): InterruptHandler? {
            synchronized(LOCK) {
                if (installed != null) return null
                val handler = InterruptHandler(loop, main)
                val previous =
                    try {
                        Signal.handle(INT, handler)
                    } catch (_: IllegalArgumentException) {
                        return null // the JVM was told to keep its hands off signals
                    }
                if (!previous.isTheJvmsOwn) {
                    Signal.handle(INT, previous)
                    return null
                }
                handler.previous = previous
                installed = handler
                return handler
            }
        }

        private val SignalHandler.isTheJvmsOwn: Boolean
            get() = this === SignalHandler.SIG_DFL || javaClass.name.startsWith("sun.misc.Signal$")
    }
}
