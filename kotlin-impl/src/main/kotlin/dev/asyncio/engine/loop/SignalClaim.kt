package dev.asyncio.engine.loop

import dev.asyncio.spi.NotOnAndroid
import sun.misc.Signal
import sun.misc.SignalHandler

/**
 * What one loop or run does on a signal of the process. The latest claim of a signal has it; when that is released, the
 * one before has it again, and at last the handler that was there before all, the JVM's own as a rule. Thread-safe.
 */
@NotOnAndroid
internal class SignalClaim private constructor(
    private val signal: Signal,
    private val action: () -> Unit,
) : SignalHandler {
    /** Who has the signal when this is released: the JVM, foreign code, or a claim that is not released itself. */
    private lateinit var before: SignalHandler

    override fun handle(signal: Signal) = action()

    fun release(): Unit = synchronized(claims) {
        if (!claims.remove(this)) return
        val next = claims.firstOrNull { it.before === this }
        if (next != null) {
            next.before = before
        } else {
            val displaced = Signal.handle(signal, before)
            if (displaced !== this) Signal.handle(signal, displaced) // changed meanwhile: theirs stays
        }
    }

    @NotOnAndroid
    companion object {
        /** Those that are not released, of all signals; guarded by itself. */
        private val claims = ArrayList<SignalClaim>()

        /** Throws [IllegalArgumentException] where the JVM or the system keeps the signal to itself. */
        fun of(signal: Signal, action: () -> Unit): SignalClaim = synchronized(claims) {
            SignalClaim(signal, action).also {
                it.before = Signal.handle(signal, it)
                claims.add(it)
            }
        }

        /** Null if somebody has the signal already. */
        fun ofFree(signal: Signal, action: () -> Unit): SignalClaim? = synchronized(claims) {
            val claim = of(signal, action)
            if (claim.before.isTheJvmsOwn) return claim
            claim.release()
            return null
        }

        private val SignalHandler.isTheJvmsOwn: Boolean
            get() = this === SignalHandler.SIG_DFL || javaClass.name.startsWith("sun.misc.Signal$")
    }
}
