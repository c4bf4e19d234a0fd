package dev.asyncio.engine.subprocess

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.io.TrustedProtocol
import dev.asyncio.engine.threads.deliver
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.BaseProtocol
import dev.asyncio.streams.BufferLimits
import dev.asyncio.streams.Protocol
import java.nio.ByteBuffer

/** A pipe that is read; asyncio's `_UnixReadPipeTransport`. Loop thread only. */
@NotOnAndroid
internal class ReadPipeTransport(
    loop: LoopImpl,
    protocol: Protocol,
    pipe: Any,
    private val reader: PipeReader,
) : PipeTransport(loop, protocol, pipe),
    PipeReader.Sink {
    private var readingPaused = false

    /** What was read and not delivered, since reading is paused; null stands for the end. */
    private val held = ArrayDeque<ByteArray?>()
    private var failure: Throwable? = null
    private var flushing = false

    override fun begin() {
        if (!lost) reader.open(this)
    }

    // ---- from the reading thread

    override fun received(bytes: ByteArray) = loop.deliver { take(bytes) }

    override fun ended(error: Throwable?) = loop.deliver {
        failure = error
        take(null)
    }

    // ---- on the loop

    private fun take(bytes: ByteArray?) {
        if (closing) return
        if (readingPaused || flushing || held.isNotEmpty()) {
            held.addLast(bytes)
        } else {
            deliver(bytes)
        }
    }

    private fun deliver(bytes: ByteArray?) {
        if (bytes == null) return end()
        reader.taken()
        val protocol = currentProtocol as Protocol
        val data = ByteBuffer.wrap(bytes)
        try {
            protocol.dataReceived(if (protocol is TrustedProtocol) data else data.asReadOnlyBuffer())
        } catch (e: Throwable) {
            failed(e, "Fatal error: protocol.dataReceived() call failed.")
        }
    }

    private fun end() {
        val failure = failure
        if (failure != null) return failed(failure, "Fatal read error on pipe transport")
        closing = true
        loop.callSoon({ currentProtocol.eofReceived() }, null)
        forceClose(null)
    }

    override fun pauseReading() {
        loop.checkThread()
        if (!isReading) return
        readingPaused = true
    }

    override fun resumeReading() {
        loop.checkThread()
        if (closing || !readingPaused) return
        readingPaused = false
        if (held.isNotEmpty() && !flushing) flushLater()
    }

    /** Never from inside of the call that resumes, and one piece in each iteration, as from a poll. */
    private fun flushLater() {
        flushing = true
        loop.callSoon({
            flushing = false
            if (isReading && held.isNotEmpty()) {
                deliver(held.removeFirst())
                if (isReading && held.isNotEmpty() && !flushing) flushLater()
            }
        }, null)
    }

    override fun isReading(): Boolean = !readingPaused && !closing

    override fun close() {
        loop.checkThread()
        if (!closing) forceClose(null)
    }

    override fun release() {
        held.clear()
        reader.close()
    }

    override fun setProtocol(protocol: BaseProtocol) {
        require(protocol is Protocol) { "a protocol that gets data is wanted: $protocol" }
        currentProtocol = protocol
    }

    // ---- not for this direction

    override fun write(data: ByteBuffer) = throw notWritable()

    override fun writeLines(data: Iterable<ByteArray>) = throw notWritable()

    override fun writeEof() = throw notWritable()

    override fun canWriteEof(): Boolean = false

    override fun setWriteBufferLimits(high: Int?, low: Int?) = throw notWritable()

    override fun getWriteBufferLimits(): BufferLimits = throw notWritable()

    override fun getWriteBufferSize(): Int = 0

    private fun notWritable() = UnsupportedOperationException("$this can only be read from")

    override fun toString(): String = "<ReadPipeTransport${stateName()}${if (readingPaused) " paused" else ""}>"
}
