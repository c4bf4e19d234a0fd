package dev.asyncio.engine.loop

import dev.asyncio.engine.LoopImpl
import dev.asyncio.spi.NotOnAndroid
import sun.misc.Signal
import sun.misc.SignalHandler

/**
 * The signal handlers of one loop: each runs as a callback of the loop. The JVM's own handlers come back on removal.
 */
@NotOnAndroid
internal class SignalHandlers(private val loop: LoopImpl) {
    private val previous = HashMap<String, SignalHandler>()

    fun add(name: String, callback: Runnable) {
        val signal = signalOf(name)
        val before =
            try {
                Signal.handle(signal) { if (!loop.isClosed()) loop.callSoonThreadsafe(callback, null) }
            } catch (e: IllegalArgumentException) {
                throw IllegalStateException(refusal(signal.name), e)
            }
        previous.putIfAbsent(signal.name, before)
    }

    fun remove(name: String): Boolean {
        val signal = signalOf(name)
        val before = previous.remove(signal.name) ?: return false
        Signal.handle(signal, before)
        return true
    }

    fun close() {
        for (name in previous.keys.toList()) remove(name)
    }

    @NotOnAndroid
    companion object {
        /** Throws [IllegalArgumentException] for what is not a signal's name. */
        fun requireSignal(name: String) {
            signalOf(name)
        }

        private fun refusal(name: String) =
            "the signal $name cannot have a handler, since the JVM or the system keeps it to itself; that holds for " +
                "KILL and STOP, for QUIT, FPE, ILL and SEGV, and on a JVM that runs with -Xrs for INT, TERM and HUP: " +
                "use another signal, such as USR2, or run without that flag"

        /** Accepts `INT` and `SIGINT`. */
        private fun signalOf(name: String): Signal = try {
            Signal(name.removePrefix("SIG"))
        } catch (e: IllegalArgumentException) {
            throw IllegalArgumentException("unknown signal '$name' on this platform", e)
        }
    }
}
