package dev.asyncio.engine.io

import dev.asyncio.engine.LoopImpl
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.BaseProtocol
import dev.asyncio.streams.BufferLimits
import dev.asyncio.streams.DatagramProtocol
import dev.asyncio.streams.DatagramTransport
import java.io.IOException
import java.net.SocketAddress
import java.nio.ByteBuffer
import java.nio.channels.DatagramChannel

/** Datagrams through a socket; asyncio's `_SelectorDatagramTransport`. Loop thread only. */
@NotOnAndroid
internal class DatagramTransportImpl(
    loop: LoopImpl,
    private val channel: DatagramChannel,
    private var protocol: DatagramProtocol,
    /** The only address to send to; null for any. */
    private val target: SocketAddress?,
) : ChannelTransport(loop, channel, null),
    DatagramTransport {
    private class Unsent(val data: ByteBuffer, val address: SocketAddress?)

    private val buffer = ArrayDeque<Unsent>()
    private var bufferSize = 0L
    private val localAddress: SocketAddress? = addressOrNull { channel.localAddress }
    private val remoteAddress: SocketAddress? = addressOrNull { channel.remoteAddress }

    override val currentProtocol: BaseProtocol get() = protocol

    override val isFlushed: Boolean get() = buffer.isEmpty()

    /** As [SocketTransport.start]. */
    fun start(opened: Runnable): DatagramTransportImpl {
        loop.callSoon({ protocol.connectionMade(this) }, null)
        loop.callSoon({ if (!isClosing) startReading() }, null)
        loop.callSoon(opened, null)
        return this
    }

    override fun onReadable() {
        if (lost > 0) return
        val data: ByteArray
        val sender: SocketAddress
        try {
            val datagram = poller.withReadBuffer { buffer ->
                channel.receive(buffer)?.let { from ->
                    buffer.flip()
                    ByteArray(buffer.remaining()).also { buffer.get(it) } to from
                }
            } ?: return
            data = datagram.first
            sender = datagram.second
        } catch (e: IOException) {
            return protocol.errorReceived(e)
        }
        protocol.datagramReceived(data, sender)
    }

    override fun sendTo(data: ByteBuffer, address: SocketAddress?) {
        loop.checkThread()
        if (target != null) {
            require(address == null || address == target) { "Invalid address: must be null or ${describe(target)}" }
        } else {
            require(address != null) { "there is no address to send to: the endpoint is not connected" }
        }
        // As CPython: one without a target goes on until its socket is closed.
        if (lost > 0 && (target != null || !channel.isOpen)) return lateWrite()
        if (remoteAddress != null && !data.hasRemaining()) {
            throw UnsupportedOperationException("java.nio sends no empty datagram from a connected socket")
        }
        if (buffer.isEmpty()) {
            try {
                if (send(data, address)) return
            } catch (e: IOException) {
                return protocol.errorReceived(e)
            }
            awaitWritable()
        }
        val copy = ByteBuffer.allocate(data.remaining()).put(data)
        copy.flip()
        buffer.addLast(Unsent(copy, address))
        bufferSize += copy.remaining() + HEADER_SIZE
        marks.maybePause(protocol, bufferSize)
    }

    /** Sends a datagram as a whole; false if the system does not take it now. */
    private fun send(data: ByteBuffer, address: SocketAddress?): Boolean {
        val size = data.remaining()
        val sent =
            if (remoteAddress != null) channel.write(data) else channel.sendTo(data, checkNotNull(address ?: target))
        return sent > 0 || size == 0
    }

    override fun onWritable() {
        while (buffer.isNotEmpty()) {
            val unsent = buffer.first()
            val size = unsent.data.remaining()
            try {
                if (!send(unsent.data, unsent.address)) break
            } catch (e: Throwable) {
                dropFirst(size)
                if (e is IOException) return protocol.errorReceived(e) else throw e
            }
            dropFirst(size)
        }
        marks.maybeResume(protocol, bufferSize)
        if (buffer.isEmpty()) {
            watch.setWriter(null)
            if (isClosing && lost == 0) flushedAfterClose()
        }
    }

    private fun dropFirst(size: Int) {
        buffer.removeFirst()
        bufferSize -= size + HEADER_SIZE
    }

    override fun dropUnsent() {
        buffer.clear()
        bufferSize = 0L
    }

    override fun setWriteBufferLimits(high: Int?, low: Int?) = changeLimits(high, low, bufferSize)

    override fun getWriteBufferLimits(): BufferLimits = limits()

    override fun getWriteBufferSize(): Int = bufferSize.toIntSaturated()

    override fun setProtocol(protocol: BaseProtocol) {
        require(protocol is DatagramProtocol) { "a protocol for datagrams is wanted: $protocol" }
        this.protocol = protocol
    }

    override fun getExtraInfo(name: String): Any? = when (name) {
        "socket" -> channel
        "sockname" -> localAddress
        "peername" -> remoteAddress
        else -> null
    }

    override fun toString(): String = "<DatagramTransport${stateName()} ${describe(localAddress)}" +
        (target?.let { " to ${describe(it)}" } ?: "") + " unsent=$bufferSize>"

    private companion object {
        /** What CPython adds for each datagram that waits. */
        const val HEADER_SIZE = 8
    }
}
