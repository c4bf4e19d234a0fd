package dev.asyncio.engine.subprocess

import dev.asyncio.spi.NotOnAndroid
import java.io.InputStream
import java.util.concurrent.Semaphore

/**
 * A thread that reads what blocks. It reads ahead by [AHEAD] pieces and then waits until one of them is [taken].
 *
 * It is a platform thread also where there are virtual ones: a virtual one that reads from a pipe holds on to a thread
 * of the JVM's scheduler, which has a limited number of them, and loops may run on these.
 *
 * @param holding of a process' pipe: reads with the stream's lock in hand, from the first to the last byte. When the
 *     process ends, the JDK closes the pipe under that lock, after it has taken out what is there, though another
 *     process may still write to it.
 */
@NotOnAndroid
internal class PipeReader(
    private val input: InputStream,
    private val name: String,
    private val holding: Boolean,
) : Runnable {
    /** Told on the reading thread. */
    interface Sink {
        /** Gets what was read, in an array of its own. */
        fun received(bytes: ByteArray)

        /** The last call: there is no more to read, or reading fails with [error]. */
        fun ended(error: Throwable?)
    }

    private val permits = Semaphore(0)
    private lateinit var sink: Sink

    @Volatile private var closed = false

    /** Lets it begin to read. */
    fun open(sink: Sink) {
        this.sink = sink
        permits.release(AHEAD)
    }

    /** A piece was dealt with. */
    fun taken() = permits.release()

    /** Nothing is told from now on. The thread ends now, or when its read gets something or comes to an end. */
    fun close() {
        closed = true
        permits.release()
        input.close()
    }

    fun start() = Thread(this, name).apply { isDaemon = true }.start()

    override fun run() {
        Thread.currentThread().name = name
        if (holding) synchronized(input) { pump() } else pump()
    }

    private fun pump() {
        try {
            var buffer = ByteArray(MIN_BUFFER)
            while (true) {
                permits.acquireUninterruptibly()
                if (closed) return
                val count = input.read(buffer)
                if (closed) return
                if (count < 0) return sink.ended(null)
                sink.received(buffer.copyOf(count))
                if (count == buffer.size && count < MAX_BUFFER) buffer = ByteArray(MAX_BUFFER)
            }
        } catch (e: Throwable) {
            if (!closed) sink.ended(e)
        }
    }

    private companion object {
        const val AHEAD = 2

        /** At least what the JDK's own buffer has, so that it is not used. */
        const val MIN_BUFFER = 8 * 1024
        const val MAX_BUFFER = 64 * 1024
    }
}
