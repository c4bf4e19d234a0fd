package dev.asyncio.engine.subprocess

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.threads.deliver
import dev.asyncio.spi.NotOnAndroid

/** A stream that a thread reads for the loop. */
@NotOnAndroid
internal class ThreadReadPipe(private val loop: LoopImpl, override val end: Any, private val reader: PipeReader) :
    ReadPipe,
    PipeReader.Sink {
    private lateinit var listener: ReadPipe.Listener
    private var paused = false
    private var closed = false

    /** What was read and not told, since reading is paused; null stands for the end. */
    private val held = ArrayDeque<ByteArray?>()
    private var failure: Throwable? = null
    private var flushing = false

    override fun open(listener: ReadPipe.Listener) {
        this.listener = listener
        reader.open(this)
    }

    // ---- from the reading thread

    override fun received(bytes: ByteArray) = loop.deliver { take(bytes) }

    override fun ended(error: Throwable?) = loop.deliver {
        failure = error
        take(null)
    }

    // ---- on the loop

    private fun take(bytes: ByteArray?) {
        if (closed) return
        if (paused || flushing || held.isNotEmpty()) {
            held.addLast(bytes)
        } else {
            tell(bytes)
        }
    }

    private fun tell(bytes: ByteArray?) {
        if (bytes == null) return listener.ended(failure)
        reader.taken()
        listener.received(bytes)
    }

    override fun pause() {
        paused = true
    }

    override fun resume() {
        paused = false
        if (held.isNotEmpty() && !flushing) flushLater()
    }

    /** Never from inside of the call that resumes, and one piece in each iteration, as from a poll. */
    private fun flushLater() {
        flushing = true
        loop.callSoon({
            flushing = false
            if (canTell()) {
                tell(held.removeFirst())
                if (canTell() && !flushing) flushLater()
            }
        }, null)
    }

    private fun canTell() = !paused && !closed && held.isNotEmpty()

    override fun close() {
        closed = true
        held.clear()
        reader.close()
    }
}
