package dev.asyncio.engine.io

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.tasks.isFatal
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.BaseProtocol
import dev.asyncio.streams.BaseTransport
import dev.asyncio.streams.BufferLimits

/** When a transport asks its protocol to pause writing; asyncio's `_FlowControlMixin`. Loop thread only. */
@NotOnAndroid
internal class WaterMarks(
    private val loop: LoopImpl,
    private val transport: BaseTransport,
    private val defaultHigh: Int = DEFAULT_HIGH,
    /** Whether as much as the high mark is too much already. */
    private val pausesAtHigh: Boolean = false,
) {
    var limits = limitsOf(null, null)
        private set

    /** Whether the protocol was asked to pause. */
    var paused = false
        private set

    fun set(high: Int?, low: Int?) {
        limits = limitsOf(high, low)
    }

    private fun limitsOf(high: Int?, low: Int?): BufferLimits {
        val top = high?.toLong() ?: low?.let { it.toLong() * RATIO } ?: defaultHigh.toLong()
        val capped = top.toIntSaturated()
        return BufferLimits(low ?: (capped / RATIO), capped)
    }

    /** After [size] has grown. */
    fun maybePause(protocol: BaseProtocol, size: Long) {
        val tooMuch = size > limits.high() || (pausesAtHigh && size == limits.high().toLong())
        if (!tooMuch || paused) return
        paused = true
        tell(protocol, "protocol.pauseWriting() failed") { protocol.pauseWriting() }
    }

    /** After [size] has shrunk. */
    fun maybeResume(protocol: BaseProtocol, size: Long) {
        if (!paused || size > limits.low()) return
        paused = false
        tell(protocol, "protocol.resumeWriting() failed") { protocol.resumeWriting() }
    }

    private inline fun tell(protocol: BaseProtocol, message: String, call: () -> Unit) {
        try {
            call()
        } catch (e: Throwable) {
            if (e.isFatal) throw e
            loop.callExceptionHandler(report(message, e, transport, protocol))
        }
    }

    private companion object {
        const val DEFAULT_HIGH = 64 * 1024
        const val RATIO = 4
    }
}

/** A number of bytes as users are told it. */
internal fun Long.toIntSaturated(): Int = minOf(this, Int.MAX_VALUE.toLong()).toInt()
