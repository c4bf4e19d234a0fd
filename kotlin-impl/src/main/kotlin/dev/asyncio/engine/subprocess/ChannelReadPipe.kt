package dev.asyncio.engine.subprocess

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.io.ChannelOwner
import dev.asyncio.engine.io.SelectorPoller
import dev.asyncio.engine.io.Watch
import dev.asyncio.engine.io.newIoHandle
import dev.asyncio.spi.NotOnAndroid
import java.io.IOException
import java.nio.channels.Pipe

/** A pipe that the loop reads itself, when its selector says that there is something. */
@NotOnAndroid
internal class ChannelReadPipe(private val loop: LoopImpl, private val channel: Pipe.SourceChannel) :
    ReadPipe,
    ChannelOwner {
    private lateinit var listener: ReadPipe.Listener
    private var watch: Watch? = null
    private var paused = false

    override val end: Any get() = channel

    override fun open(listener: ReadPipe.Listener) {
        this.listener = listener
        watch = SelectorPoller.of(loop).watch(channel).also { it.owner = this }
        if (!paused) startReading()
    }

    private fun startReading() {
        watch?.setReader(loop.newIoHandle(::onReadable))
    }

    private fun onReadable() {
        SelectorPoller.of(loop).withReadBuffer { buffer ->
            val count = try {
                channel.read(buffer)
            } catch (e: IOException) {
                return listener.ended(e)
            }
            when {
                count > 0 -> listener.received(ByteArray(count).also { buffer.flip().get(it) })
                count < 0 -> listener.ended(null)
            }
        }
    }

    override fun pause() {
        paused = true
        watch?.setReader(null)
    }

    override fun resume() {
        paused = false
        startReading()
    }

    override fun close() {
        watch?.let { return SelectorPoller.of(loop).close(it, atOnce = false) }
        channel.close()
    }

    override fun loopClosed() = channel.close()

    override fun toString(): String = "a process' pipe"
}
