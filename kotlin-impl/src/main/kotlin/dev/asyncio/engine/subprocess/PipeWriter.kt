package dev.asyncio.engine.subprocess

import dev.asyncio.spi.NotOnAndroid
import java.io.IOException
import java.io.OutputStream
import java.util.concurrent.LinkedBlockingQueue

/** A thread that writes to what blocks, made when there is something to write. All members: loop thread. */
@NotOnAndroid
internal class PipeWriter(private val output: OutputStream, private val name: String) {
    /** Told on the writing thread. */
    interface Sink {
        fun written(count: Int)

        /** The last call: writing fails. */
        fun failed(error: Throwable)
    }

    private val queue = LinkedBlockingQueue<ByteArray>()
    private var started = false

    @Volatile private var aborted = false

    /** Writes [bytes], which are not to be changed any more, after those that it was given before. */
    fun write(bytes: ByteArray, sink: Sink) {
        queue.add(bytes)
        if (started) return
        started = true
        Thread({ pump(sink) }, name).apply { isDaemon = true }.start()
    }

    /** Closes the stream when all is written. */
    fun close() {
        if (started) {
            queue.add(END)
        } else {
            closeQuietly()
        }
    }

    /** Closes the stream as soon as its thread comes out of the write that it is in. */
    fun abort() {
        aborted = true
        queue.clear()
        close()
    }

    private fun pump(sink: Sink) {
        try {
            while (true) {
                val bytes = queue.take()
                if (bytes === END || aborted) return
                output.write(bytes)
                if (queue.isEmpty()) output.flush()
                if (!aborted) sink.written(bytes.size)
            }
        } catch (e: Throwable) {
            if (!aborted) sink.failed(e)
        } finally {
            closeQuietly()
        }
    }

    /** All was flushed or has failed, so that what this fails with is known already. */
    private fun closeQuietly() {
        try {
            output.close()
        } catch (_: IOException) {
            return
        }
    }

    private companion object {
        val END = ByteArray(0)
    }
}
