package dev.asyncio.engine.subprocess

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.io.TRANSPORT_LOGGER
import dev.asyncio.engine.io.WRITES_UNTIL_WARNING
import dev.asyncio.engine.io.WaterMarks
import dev.asyncio.engine.io.toIntSaturated
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.BaseProtocol
import dev.asyncio.streams.BufferLimits
import dev.asyncio.streams.StreamProtocol
import java.io.IOException
import java.nio.ByteBuffer

/**
 * A pipe that is written; asyncio's `_UnixWritePipeTransport`. Loop thread only.
 *
 * @param explain makes of what writing fails with what the protocol is told
 */
@NotOnAndroid
internal class WritePipeTransport(
    loop: LoopImpl,
    protocol: StreamProtocol,
    private val pipe: WritePipe,
    private val explain: (IOException) -> IOException,
) : PipeTransport(loop, protocol, pipe.end),
    WritePipe.Listener {
    private val marks = WaterMarks(loop, this)
    private var peerIsGone = false
    private var lateWrites = 0

    init {
        pipe.open(this)
    }

    override fun begin() = Unit

    override fun write(data: ByteBuffer) {
        loop.checkThread()
        if (!data.hasRemaining()) return
        if (closing) {
            data.position(data.limit())
            if (lateWrites++ >= WRITES_UNTIL_WARNING) {
                TRANSPORT_LOGGER.warning("$this is closed: what is written is dropped")
            }
            return
        }
        pipe.write(data)
        marks.maybePause(currentProtocol, pipe.unsent)
    }

    override fun writeLines(data: Iterable<ByteArray>) {
        val pieces = data.toList()
        val all = ByteBuffer.allocate(pieces.fold(0) { size, piece -> Math.addExact(size, piece.size) })
        pieces.forEach(all::put)
        all.flip()
        write(all)
    }

    override fun written() {
        // As asyncio's, which does not resume at the low mark.
        if (lost || pipe.unsent > 0) return
        marks.maybeResume(currentProtocol, 0)
        if (lost || pipe.unsent > 0) return
        if (closing) {
            loseNow(null)
        } else if (peerIsGone) {
            forceClose(null)
        }
    }

    override fun failed(error: Throwable) {
        if (lost) return
        lateWrites++ // as in asyncio, where the write that fails counts
        failed(if (error is IOException) explain(error) else error, "Fatal write error on pipe transport")
    }

    /** Nobody reads any more. What is on its way finds out by itself whether it was read before. */
    fun peerEnded() {
        peerIsGone = true
        if (pipe.unsent == 0L) forceClose(null)
    }

    override fun writeEof() {
        loop.checkThread()
        if (closing) return
        closing = true
        if (pipe.unsent == 0L) forceClose(null)
    }

    override fun canWriteEof(): Boolean = true

    override fun close() = writeEof()

    override fun forceClose(cause: Throwable?) {
        if (pipe.unsent > 0) pipe.abort()
        super.forceClose(cause)
    }

    override fun release() = pipe.close()

    override fun loopClosed() {
        pipe.abort()
        super.loopClosed()
    }

    override fun setWriteBufferLimits(high: Int?, low: Int?) {
        marks.set(high, low)
        marks.maybePause(currentProtocol, pipe.unsent)
    }

    override fun getWriteBufferLimits(): BufferLimits = marks.limits

    override fun getWriteBufferSize(): Int = pipe.unsent.toIntSaturated()

    override fun setProtocol(protocol: BaseProtocol) {
        require(protocol is StreamProtocol) { "a stream's protocol is wanted: $protocol" }
        currentProtocol = protocol
    }

    // ---- not for this direction

    override fun pauseReading() = throw notReadable()

    override fun resumeReading() = throw notReadable()

    override fun isReading(): Boolean = false

    private fun notReadable() = UnsupportedOperationException("$this can only be written to")

    override fun toString(): String = "<WritePipeTransport${stateName()} unsent=${pipe.unsent}>"
}
