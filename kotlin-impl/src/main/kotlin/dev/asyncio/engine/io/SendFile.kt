package dev.asyncio.engine.io

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.BaseProtocol
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
        if (transport is SocketTransport) return transport.sendFile(file, offset, count)
        check(transport is TlsTransport) { "sendfile is not supported for transport $transport" }
        check(fallback) { "fallback is disabled and native sendfile is not supported for transport $transport" }
        return Copying(loop, transport).send(file, offset, count)
    }

    /** Where the bytes have to be seen, to be encrypted: reads on the executor, and writes. */
    @NotOnAndroid
    private class Copying(private val loop: LoopImpl, private val transport: TlsTransport) : BaseProtocol {
        private var paused = transport.isWritingPaused
        private var lossCause: Throwable? = null
        private var waiter: FutureImpl<Unit>? = null

        suspend fun send(file: FileChannel, offset: Long, count: Long): Long {
            check(transport.writeWatcher == null) { "a file is being sent through $transport already" }
            val resume = transport.isReading
            transport.pauseReading()
            transport.writeWatcher = this
            var sent = 0L
            try {
                while (sent < count) {
                    val size = minOf(count - sent, CHUNK.toLong()).toInt()
                    val chunk = read(file, offset + sent, size) ?: break
                    awaitWritable()
                    sent += chunk.remaining()
                    transport.write(chunk)
                }
                return sent
            } finally {
                file.leavePosition(offset + sent)
                transport.writeWatcher = null
                if (resume) transport.resumeReading()
            }
        }

        private suspend fun read(file: FileChannel, position: Long, size: Int): ByteBuffer? {
            val buffer = ByteBuffer.allocate(size)
            val count = awaitFuture(loop.runInExecutor(null, Callable { file.read(buffer, position) }))
            return if (count <= 0) null else buffer.apply { flip() }
        }

        private suspend fun awaitWritable() {
            checkOpen()
            while (paused) {
                awaitFuture(FutureImpl<Unit>(loop).also { waiter = it })
                checkOpen()
            }
        }

        /** What is written to a closed transport is dropped, and must not count as sent. */
        private fun checkOpen() {
            lossCause?.let { throw it }
            if (transport.isClosing) throw SocketException("$transport was closed while a file was sent through it")
        }

        override fun pauseWriting() {
            paused = true
            transport.protocol.pauseWriting()
        }

        override fun resumeWriting() {
            paused = false
            waiter?.let { if (!it.done()) it.setResult(Unit) }
            transport.protocol.resumeWriting()
        }

        override fun connectionLost(exception: Throwable?) {
            val cause = exception ?: SocketException("Connection closed by peer: $transport")
            lossCause = cause
            waiter?.let { if (!it.done()) it.setException(cause) }
            transport.protocol.connectionLost(exception)
        }
    }

    private const val CHUNK = 64 * 1024
}
