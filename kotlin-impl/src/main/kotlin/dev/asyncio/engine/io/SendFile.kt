package dev.asyncio.engine.io

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.Protocol
import dev.asyncio.streams.StreamProtocol
import dev.asyncio.streams.Transport
import java.net.SocketException
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.util.concurrent.Callable

/** asyncio's `sendfile`. Loop thread only. */
@NotOnAndroid
internal object SendFile {
    suspend fun send(
        loop: LoopImpl,
        transport: Transport,
        file: FileChannel,
        offset: Long,
        count: Long,
        fallback: Boolean,
    ): Long {
        check(!transport.isClosing) { "Transport is closing: $transport" }
        check(transport is TlsCapable) { "sendfile is not supported for transport $transport" }
        if (transport is SocketTransport) return transport.sendFile(file, offset, count)
        check(fallback) { "fallback is disabled and native sendfile is not supported for transport $transport" }
        return Copying(loop, transport).send(file, offset, count)
    }

    /** Where the bytes have to be seen, to be encrypted: reads on the executor, and writes. */
    @NotOnAndroid
    private class Copying(private val loop: LoopImpl, private val transport: Transport) : Protocol {
        private val former = transport.protocol as StreamProtocol
        private var paused = false
        private var lossCause: Throwable? = null
        private var waiter: FutureImpl<Unit>? = null

        suspend fun send(file: FileChannel, offset: Long, count: Long): Long {
            val resume = transport.isReading
            transport.pauseReading()
            transport.protocol = this
            var sent = 0L
            try {
                while (sent < count) {
                    val size = minOf(count - sent, CHUNK.toLong()).toInt()
                    val chunk = read(file, offset + sent, size) ?: break
                    sent += chunk.remaining()
                    transport.write(chunk)
                    awaitWritable()
                }
                return sent
            } finally {
                if (file.isOpen) file.position(offset + sent)
                transport.protocol = former
                if (resume) transport.resumeReading()
            }
        }

        private suspend fun read(file: FileChannel, position: Long, size: Int): ByteBuffer? {
            val buffer = ByteBuffer.allocate(size)
            val count = awaitFuture(loop.runInExecutor(null, Callable { file.read(buffer, position) }))
            return if (count <= 0) null else buffer.apply { flip() }
        }

        private suspend fun awaitWritable() {
            lossCause?.let { throw it }
            if (paused) awaitFuture(FutureImpl<Unit>(loop).also { waiter = it })
        }

        override fun pauseWriting() {
            paused = true
            former.pauseWriting()
        }

        override fun resumeWriting() {
            paused = false
            waiter?.let { if (!it.done()) it.setResult(Unit) }
            former.resumeWriting()
        }

        override fun connectionLost(exception: Throwable?) {
            val cause = exception ?: SocketException("Connection closed by peer: $transport")
            lossCause = cause
            waiter?.let { if (!it.done()) it.setException(cause) }
            former.connectionLost(exception)
        }

        override fun eofReceived(): Boolean = former.eofReceived()
    }

    private const val CHUNK = 64 * 1024
}
