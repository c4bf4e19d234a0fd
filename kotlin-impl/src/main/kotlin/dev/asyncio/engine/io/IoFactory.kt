package dev.asyncio.engine.io

import dev.asyncio.Coroutine
import dev.asyncio.EventLoop
import dev.asyncio.spi.IoProvider
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.Datagram
import java.net.SocketAddress
import java.nio.ByteBuffer
import java.nio.channels.DatagramChannel
import java.nio.channels.FileChannel
import java.nio.channels.SelectableChannel
import java.nio.channels.ServerSocketChannel
import java.nio.channels.SocketChannel

/** The facade's way to channels and streams. */
@NotOnAndroid
internal object IoFactory : IoProvider {
    // ---- readiness

    override fun addReader(loop: EventLoop, channel: SelectableChannel, callback: Runnable) =
        Readiness.addReader(loop, channel, callback)

    override fun removeReader(loop: EventLoop, channel: SelectableChannel) = Readiness.removeReader(loop, channel)

    override fun addWriter(loop: EventLoop, channel: SelectableChannel, callback: Runnable) =
        Readiness.addWriter(loop, channel, callback)

    override fun removeWriter(loop: EventLoop, channel: SelectableChannel) = Readiness.removeWriter(loop, channel)

    // ---- operations on channels

    override fun sockAccept(loop: EventLoop, channel: ServerSocketChannel): Coroutine<SocketChannel> =
        SockOps.accept(loop, channel)

    override fun sockConnect(loop: EventLoop, channel: SocketChannel, address: SocketAddress): Coroutine<Void?> =
        SockOps.connect(loop, channel, address)

    override fun sockRecv(loop: EventLoop, channel: SocketChannel, maxBytes: Int): Coroutine<ByteArray> =
        SockOps.receive(loop, channel, maxBytes)

    override fun sockRecvInto(loop: EventLoop, channel: SocketChannel, buffer: ByteBuffer): Coroutine<Int> =
        SockOps.receiveInto(loop, channel, buffer)

    override fun sockSendAll(loop: EventLoop, channel: SocketChannel, data: ByteBuffer): Coroutine<Void?> =
        SockOps.sendAll(loop, channel, data)

    override fun sockSendFile(
        loop: EventLoop,
        channel: SocketChannel,
        file: FileChannel,
        offset: Long,
        count: Long,
    ): Coroutine<Long> = SockOps.sendFile(loop, channel, file, offset, count)

    override fun sockRecvFrom(loop: EventLoop, channel: DatagramChannel, maxBytes: Int): Coroutine<Datagram> =
        SockOps.receiveFrom(loop, channel, maxBytes)

    override fun sockRecvFromInto(
        loop: EventLoop,
        channel: DatagramChannel,
        buffer: ByteBuffer,
    ): Coroutine<SocketAddress> = SockOps.receiveFromInto(loop, channel, buffer)

    override fun sockSendTo(
        loop: EventLoop,
        channel: DatagramChannel,
        data: ByteBuffer,
        address: SocketAddress,
    ): Coroutine<Int> = SockOps.sendTo(loop, channel, data, address)
}
