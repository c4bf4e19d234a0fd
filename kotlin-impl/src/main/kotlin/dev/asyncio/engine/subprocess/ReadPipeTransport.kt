package dev.asyncio.engine.subprocess

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.io.TrustedProtocol
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.BaseProtocol
import dev.asyncio.streams.BufferLimits
import dev.asyncio.streams.Protocol
import java.nio.ByteBuffer

/** A pipe that is read; asyncio's `_UnixReadPipeTransport`. Loop thread only. */
@NotOnAndroid
internal class ReadPipeTransport(loop: LoopImpl, protocol: Protocol, private val pipe: ReadPipe) :
    PipeTransport(loop, protocol, pipe.end),
    ReadPipe.Listener {
    private var readingPaused = false

    override fun begin() {
        if (!lost) pipe.open(this)
    }

    override fun received(bytes: ByteArray) {
        if (closing) return
        val protocol = currentProtocol as Protocol
        val data = ByteBuffer.wrap(bytes)
        try {
            protocol.dataReceived(if (protocol is TrustedProtocol) data else data.asReadOnlyBuffer())
        } catch (e: Throwable) {
            failed(e, "Fatal error: protocol.dataReceived() call failed.")
        }
    }

    override fun ended(error: Throwable?) {
        if (closing) return
        if (error != null) return failed(error, "Fatal read error on pipe transport")
        closing = true
        loop.callSoon({ currentProtocol.eofReceived() }, null)
        forceClose(null)
    }

    override fun pauseReading() {
        loop.checkThread()
        if (!isReading) return
        readingPaused = true
        pipe.pause()
    }

    override fun resumeReading() {
        loop.checkThread()
        if (closing || !readingPaused) return
        readingPaused = false
        pipe.resume()
    }

    override fun isReading(): Boolean = !readingPaused && !closing

    override fun close() {
        loop.checkThread()
        if (!closing) forceClose(null)
    }

    override fun forceClose(cause: Throwable?) {
        pipe.pause()
        super.forceClose(cause)
    }

    override fun release() = pipe.close()

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
