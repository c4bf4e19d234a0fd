package dev.asyncio.engine.subprocess

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.io.WriteBuffer
import dev.asyncio.engine.io.newIoHandle
import dev.asyncio.spi.NotOnAndroid
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.channels.Pipe

/** A pipe that the loop writes to itself: at once what the pipe takes, and the rest when the selector says so. */
@NotOnAndroid
internal class ChannelWritePipe(loop: LoopImpl, channel: Pipe.SinkChannel) :
    ChannelPipe<Pipe.SinkChannel>(loop, channel),
    WritePipe {
    private lateinit var listener: WritePipe.Listener
    private val buffer = WriteBuffer()

    override val unsent: Long get() = buffer.size

    override fun open(listener: WritePipe.Listener) {
        this.listener = listener
        startWatching()
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
}
