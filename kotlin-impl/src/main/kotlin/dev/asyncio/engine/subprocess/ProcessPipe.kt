package dev.asyncio.engine.subprocess

import dev.asyncio.engine.io.TrustedProtocol
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.Protocol
import java.nio.ByteBuffer

/** Between one pipe of a process and its transport; asyncio's `ReadSubprocessPipeProto`. Loop thread only. */
@NotOnAndroid
internal class ProcessPipe(private val process: SubprocessTransportImpl, private val fd: Int) :
    Protocol,
    TrustedProtocol {
    var isDisconnected = false
        private set

    override fun dataReceived(data: ByteBuffer) = process.pipeDataReceived(fd, data.array())

    override fun connectionLost(exception: Throwable?) {
        isDisconnected = true
        process.pipeConnectionLost(fd, exception)
    }

    override fun pauseWriting() = process.listener.pauseWriting()

    override fun resumeWriting() = process.listener.resumeWriting()

    override fun toString(): String = "<ProcessPipe fd=$fd of $process>"
}
