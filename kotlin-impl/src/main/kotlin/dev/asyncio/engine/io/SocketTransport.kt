package dev.asyncio.engine.io

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.BaseProtocol
import dev.asyncio.streams.BufferLimits
import dev.asyncio.streams.BufferedProtocol
import dev.asyncio.streams.Protocol
import dev.asyncio.streams.StreamProtocol
import dev.asyncio.streams.Transport
import java.io.IOException
import java.net.SocketAddress
import java.net.SocketException
import java.net.StandardSocketOptions
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.channels.SocketChannel

/** A stream through a socket; asyncio's `_SelectorSocketTransport`. Loop thread only. */
@NotOnAndroid
internal class SocketTransport(
    loop: LoopImpl,
    private val channel: SocketChannel,
    private var protocol: StreamProtocol,
    server: ServerImpl?,
) : ChannelTransport(loop, channel, server),
    Transport,
    TlsCapable {
    private val buffer = WriteBuffer()
    private val localAddress: SocketAddress? = addressOrNull { channel.localAddress }
    private val remoteAddress: SocketAddress? = addressOrNull { channel.remoteAddress }
    private var readingPaused = false
    private var endReceived = false
    private var eofWritten = false

    /** Set while a file is sent: nothing may come between its bytes. */
    private var sendingFile = false

    /** Waits until everything is sent, for the sender of a file. */
    private var flushWaiter: FutureImpl<Unit>? = null

    override val currentProtocol: BaseProtocol get() = protocol

    override val isFlushed: Boolean get() = buffer.isEmpty

    /**
     * Begins, in three handles, in this order: `connectionMade`, reading, and whatever [opened] resumes.
     */
    fun start(opened: Runnable?): SocketTransport {
        if (StandardSocketOptions.TCP_NODELAY in channel.supportedOptions()) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true)
        }
        loop.callSoon({ protocol.connectionMade(this) }, null)
        loop.callSoon({ if (isReading) startReading() }, null)
        if (opened != null) loop.callSoon(opened, null)
        return this
    }

    // ---- reading

    override fun onReadable() {
        if (lost > 0) return
        when (val protocol = protocol) {
            is BufferedProtocol -> readInto(protocol)
            else -> readFor(protocol as Protocol)
        }
    }

    private fun readFor(protocol: Protocol) {
        poller.withReadBuffer { buffer ->
            if (readSome(buffer) == 0) return
            buffer.flip()
            try {
                protocol.dataReceived(if (protocol is TrustedProtocol) buffer else buffer.asReadOnlyBuffer())
            } catch (e: Throwable) {
                failed(e, "Fatal error: protocol.dataReceived() call failed.")
            }
        }
    }

    private fun readInto(protocol: BufferedProtocol) {
        val buffer = try {
            protocol.getBuffer(-1).also { check(it.hasRemaining()) { "getBuffer() returned an empty buffer" } }
        } catch (e: Throwable) {
            return failed(e, "Fatal error: protocol.getBuffer() call failed.")
        }
        val count = readSome(buffer)
        if (count == 0) return
        try {
            protocol.bufferUpdated(count)
        } catch (e: Throwable) {
            failed(e, "Fatal error: protocol.bufferUpdated() call failed.")
        }
    }

    /** Reads what there is; 0 if it is nothing, the end or a failure, which are dealt with by then. */
    private fun readSome(buffer: ByteBuffer): Int {
        val count = try {
            naming { channel.read(buffer) }
        } catch (e: Throwable) {
            failed(e, "Fatal read error on socket transport")
            return 0
        }
        if (count < 0) endOfStream()
        return maxOf(count, 0)
    }

    private fun endOfStream() {
        endReceived = true
        val keepOpen = try {
            protocol.eofReceived()
        } catch (e: Throwable) {
            return failed(e, "Fatal error: protocol.eofReceived() call failed.")
        }
        if (keepOpen) stopReading() else close()
    }

    override fun isReading(): Boolean = !isClosing && !readingPaused

    override fun pauseReading() {
        loop.checkThread()
        if (!isReading) return
        readingPaused = true
        stopReading()
    }

    override fun resumeReading() {
        loop.checkThread()
        if (isClosing || !readingPaused) return
        readingPaused = false
        if (!endReceived) startReading()
    }

    // ---- writing

    override fun write(data: ByteBuffer) {
        loop.checkThread()
        checkWritable()
        if (!data.hasRemaining()) return
        if (lost > 0) {
            data.position(data.limit())
            return lateWrite()
        }
        if (buffer.isEmpty && !sendNow(data)) return
        if (!data.hasRemaining()) return
        if (buffer.isEmpty) awaitWritable()
        buffer.add(data)
        marks.maybePause(protocol, buffer.size)
    }

    private fun checkWritable() {
        check(!eofWritten) { "Cannot call write() after writeEof()" }
        check(!sendingFile) { "unable to write; sendfile is in progress" }
    }

    /** Sends what the socket takes; false if that failed. */
    private fun sendNow(data: ByteBuffer): Boolean {
        try {
            naming { WriteBuffer.writeSome(channel, data) }
            return true
        } catch (e: IOException) {
            data.position(data.limit())
            failed(e, "Fatal write error on socket transport")
            return false
        }
    }

    override fun writeLines(data: Iterable<ByteArray>) {
        loop.checkThread()
        checkWritable()
        val pieces = data.filter { it.isNotEmpty() }
        if (pieces.isEmpty()) return
        if (lost > 0) return lateWrite()
        val wasEmpty = buffer.isEmpty
        for (piece in pieces) buffer.add(ByteBuffer.wrap(piece))
        if (wasEmpty) {
            try {
                naming { buffer.writeTo(channel) }
            } catch (e: IOException) {
                buffer.clear()
                return failed(e, "Fatal write error on socket transport")
            }
            if (!buffer.isEmpty) awaitWritable()
        }
        marks.maybePause(protocol, buffer.size)
    }

    override fun onWritable() {
        if (lost > 0) return
        try {
            naming { buffer.writeTo(channel) }
        } catch (e: IOException) {
            return failed(e, "Fatal write error on socket transport")
        }
        marks.maybeResume(protocol, buffer.size)
        if (!buffer.isEmpty) return
        watch.setWriter(null)
        flushWaiter?.let { if (!it.done()) it.setResult(Unit) }
        if (isClosing) {
            if (lost == 0) flushedAfterClose()
        } else if (eofWritten) {
            shutdownOutput()
        }
    }

    override fun writeEof() {
        loop.checkThread()
        if (isClosing || eofWritten) return
        eofWritten = true
        if (buffer.isEmpty) shutdownOutput()
    }

    private fun shutdownOutput() {
        try {
            naming { channel.shutdownOutput() }
        } catch (e: IOException) {
            failed(e, "Fatal error on socket transport")
        }
    }

    override fun canWriteEof(): Boolean = true

    override fun setWriteBufferLimits(high: Int?, low: Int?) = changeLimits(high, low, buffer.size)

    override fun getWriteBufferLimits(): BufferLimits = limits()

    override fun getWriteBufferSize(): Int = buffer.size.toIntSaturated()

    override fun dropUnsent() = buffer.clear()

    // ---- files

    /** Sends a stretch of a file by the system's own means, after what was written before. */
    suspend fun sendFile(file: FileChannel, offset: Long, count: Long): Long {
        check(!sendingFile) { "a file is being sent through $this already" }
        val sending = FileSending(channel, remoteAddress, file, offset, count)
        val resume = isReading
        pauseReading()
        sendingFile = true
        try {
            if (!buffer.isEmpty) awaitFuture(FutureImpl<Unit>(loop).also { flushWaiter = it })
            while (true) {
                if (isClosing) throw SocketException("$this was closed while a file was sent through it")
                sending.proceed()?.let { return it }
                val writable = FutureImpl<Unit>(loop)
                flushWaiter = writable
                watch.setWriter(loop.newIoHandle { if (!writable.done()) writable.setResult(Unit) })
                awaitFuture(writable)
            }
        } finally {
            file.leavePosition(sending.position)
            flushWaiter = null
            sendingFile = false
            if (buffer.isEmpty) watch.setWriter(null)
            if (resume) resumeReading()
        }
    }

    override fun connectionIsLost(cause: Throwable?) {
        super.connectionIsLost(cause)
        flushWaiter?.let { if (!it.done()) it.setException(cause ?: SocketException("$this is closed")) }
    }

    // ---- the rest

    override fun setProtocol(protocol: BaseProtocol) {
        requireStreamProtocol(protocol)
        this.protocol = protocol as StreamProtocol
        endReceived = false // whoever takes over is told, too, once it reads
    }

    override fun getExtraInfo(name: String): Any? = when (name) {
        "socket" -> channel
        "sockname" -> localAddress
        "peername" -> remoteAddress
        else -> null
    }

    /** What [talk] fails with, as everybody is told of it: with the peer's address. */
    private inline fun <T> naming(talk: () -> T): T = try {
        talk()
    } catch (e: IOException) {
        throw connectionBroke(remoteAddress, e)
    }

    override fun failTls(cause: Throwable?) = forceClose(cause)

    override fun toString(): String = "<SocketTransport${stateName()} ${describe(localAddress)} to " +
        "${describe(remoteAddress)} unsent=${buffer.size}>"
}

/** One of the engine's own, which may be given a buffer that can be written to: it does not. */
internal interface TrustedProtocol

/** A transport that TLS can be put on. */
internal interface TlsCapable : Transport {
    /** Ends it at once, because of [cause] if there is one. */
    fun failTls(cause: Throwable?)
}

/** What [get] gives, unless the socket is gone already. */
internal inline fun addressOrNull(get: () -> SocketAddress?): SocketAddress? = try {
    get()
} catch (_: IOException) {
    null
}
