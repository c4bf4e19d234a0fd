package dev.asyncio.engine.subprocess

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.streams.StreamProtocolImpl
import dev.asyncio.engine.streams.StreamReaderImpl
import dev.asyncio.engine.streams.StreamWriterImpl
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.subprocess.SubprocessProtocol
import dev.asyncio.subprocess.SubprocessTransport
import java.nio.ByteBuffer

/** Between a process and its streams; asyncio's class of that name. Loop thread only. */
@NotOnAndroid
internal class SubprocessStreamProtocol(private val loop: LoopImpl, private val limit: Int) : SubprocessProtocol {
    var stdin: StreamWriterImpl? = null
        private set
    var stdout: StreamReaderImpl? = null
        private set
    var stderr: StreamReaderImpl? = null
        private set

    /** Makes writers to the standard input wait. */
    private val flow = StreamProtocolImpl(loop, StreamReaderImpl(loop, limit), null)

    private lateinit var transport: SubprocessTransport
    private val openPipes = HashSet<Int>()
    private var exited = false

    override fun connectionMade(transport: SubprocessTransport) {
        this.transport = transport
        stdout = reader(1)
        stderr = reader(2)
        stdin = transport.getPipeTransport(0)?.let { StreamWriterImpl(loop, it, flow, null) }
    }

    private fun reader(fd: Int): StreamReaderImpl? {
        val pipe = transport.getPipeTransport(fd) ?: return null
        openPipes.add(fd)
        return StreamReaderImpl(loop, limit).apply { setTransport(pipe) }
    }

    private fun readerOf(fd: Int) = if (fd == 1) stdout else stderr

    override fun pipeDataReceived(fd: Int, data: ByteArray) {
        readerOf(fd)?.feedData(ByteBuffer.wrap(data))
    }

    override fun pipeConnectionLost(fd: Int, exception: Throwable?) {
        if (fd == 0) {
            stdin?.close()
            flow.connectionLost(exception)
            return
        }
        val reader = readerOf(fd)
        if (exception == null) reader?.feedEof() else reader?.setException(exception)
        openPipes.remove(fd)
        maybeClose()
    }

    override fun processExited() {
        exited = true
        maybeClose()
    }

    private fun maybeClose() {
        if (openPipes.isEmpty() && exited) transport.close()
    }

    override fun pauseWriting() = flow.pauseWriting()

    override fun resumeWriting() = flow.resumeWriting()

    override fun toString(): String = "<SubprocessStreamProtocol stdin=$stdin stdout=$stdout stderr=$stderr>"
}
