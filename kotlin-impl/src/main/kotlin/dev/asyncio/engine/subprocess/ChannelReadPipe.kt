package dev.asyncio.engine.subprocess

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.io.SelectorPoller
import dev.asyncio.engine.io.newIoHandle
import dev.asyncio.spi.NotOnAndroid
import java.io.IOException
import java.nio.channels.Pipe

/** A pipe that the loop reads itself, when its selector says that there is something. */
@NotOnAndroid
internal class ChannelReadPipe(loop: LoopImpl, channel: Pipe.SourceChannel) :
    ChannelPipe<Pipe.SourceChannel>(loop, channel),
    ReadPipe {
    private lateinit var listener: ReadPipe.Listener
    private var paused = false

    override fun open(listener: ReadPipe.Listener) {
        this.listener = listener
        startWatching()
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
}
