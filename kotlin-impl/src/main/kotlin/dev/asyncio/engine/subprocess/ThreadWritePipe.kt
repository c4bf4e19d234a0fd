package dev.asyncio.engine.subprocess

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.threads.deliver
import dev.asyncio.spi.NotOnAndroid
import java.nio.ByteBuffer

/** A stream that a thread writes to for the loop. */
@NotOnAndroid
internal class ThreadWritePipe(private val loop: LoopImpl, override val end: Any, private val writer: PipeWriter) :
    WritePipe,
    PipeWriter.Sink {
    private lateinit var listener: WritePipe.Listener
    private var aborted = false

    override var unsent = 0L
        private set

    override fun open(listener: WritePipe.Listener) {
        this.listener = listener
    }

    override fun write(data: ByteBuffer) {
        unsent += data.remaining()
        while (data.hasRemaining()) {
            val piece = ByteArray(minOf(data.remaining(), MAX_PIECE))
            data.get(piece)
            writer.write(piece, this)
        }
    }

    // ---- from the writing thread

    override fun written(count: Int) = loop.deliver {
        if (!aborted) {
            unsent -= count
            listener.written()
        }
    }

    override fun failed(error: Throwable) = loop.deliver {
        if (!aborted) {
            unsent = 0L
            listener.failed(error)
        }
    }

    // ---- on the loop

    override fun abort() {
        aborted = true
        unsent = 0L
        writer.abort()
    }

    override fun close() = writer.close()

    private companion object {
        const val MAX_PIECE = 64 * 1024
    }
}
