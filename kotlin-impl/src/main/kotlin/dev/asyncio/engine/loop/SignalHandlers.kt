package dev.asyncio.engine.loop

import dev.asyncio.Context
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.threads.deliver
import dev.asyncio.spi.NotOnAndroid
import sun.misc.Signal

/** The signal handlers of one loop: each runs as a callback of the loop, in the context that it was added in. */
@NotOnAndroid
internal class SignalHandlers(private val loop: LoopImpl) {
    private val claims = HashMap<String, SignalClaim>()

    fun add(name: String, callback: Runnable) {
        val signal = signalOf(name)
        val context = Context.copyContext()
        val claim =
            try {
                SignalClaim.of(signal) { loop.deliver(context, callback) }
            } catch (e: IllegalArgumentException) {
                throw IllegalStateException(refusal(signal.name), e)
            }
        claims.put(signal.name, claim)?.release()
    }

    fun remove(name: String): Boolean {
        val claim = claims.remove(signalOf(name).name) ?: return false
        claim.release()
        return true
    }

    fun close() {
        for (claim in claims.values) claim.release()
        claims.clear()
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
