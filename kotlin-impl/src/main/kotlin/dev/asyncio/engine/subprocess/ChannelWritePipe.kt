package dev.asyncio.engine.subprocess

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.io.ChannelOwner
import dev.asyncio.engine.io.SelectorPoller
import dev.asyncio.engine.io.Watch
import dev.asyncio.engine.io.WriteBuffer
import dev.asyncio.engine.io.newIoHandle
import dev.asyncio.spi.NotOnAndroid
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.channels.Pipe

/** A pipe that the loop writes to itself: at once what the pipe takes, and the rest when the selector says so. */
@NotOnAndroid
internal class ChannelWritePipe(private val loop: LoopImpl, private val channel: Pipe.SinkChannel) :
    WritePipe,
    ChannelOwner {
    private lateinit var listener: WritePipe.Listener
    private var watch: Watch? = null
    private val buffer = WriteBuffer()

    override val end: Any get() = channel

    override val unsent: Int get() = buffer.size

    override fun open(listener: WritePipe.Listener) {
        this.listener = listener
        watch = SelectorPoller.of(loop).watch(channel).also { it.owner = this }
    }

    override fun write(data: ByteBuffer) {
        if (buffer.isEmpty) {
            try {
                WriteBuffer.writeSome(channel, data)
            } catch (e: IOException) {
                data.position(data.limit())
                return listener.failed(e)
            }
            if (!data.hasRemaining()) return
            watch?.setWriter(loop.newIoHandle(::onWritable))
        }
        buffer.add(data)
    }

    private fun onWritable() {
        try {
            buffer.writeTo(channel)
        } catch (e: IOException) {
            abort()
            return listener.failed(e)
        }
        if (buffer.isEmpty) watch?.setWriter(null)
        listener.written()
    }

    override fun abort() {
        buffer.clear()
        watch?.setWriter(null)
    }

    override fun close() {
        watch?.let { return SelectorPoller.of(loop).close(it, atOnce = false) }
        channel.close()
    }

    override fun loopClosed() = channel.close()

    override fun toString(): String = "a process' pipe"
}
