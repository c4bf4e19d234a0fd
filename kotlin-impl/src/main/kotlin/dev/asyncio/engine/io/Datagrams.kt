package dev.asyncio.engine.io

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.DatagramOptions
import dev.asyncio.streams.DatagramProtocol
import dev.asyncio.streams.DatagramTransport
import dev.asyncio.streams.Endpoint
import java.io.IOException
import java.net.Inet4Address
import java.net.InetSocketAddress
import java.net.SocketAddress
import java.net.StandardProtocolFamily
import java.net.StandardSocketOptions
import java.nio.ByteBuffer
import java.nio.channels.DatagramChannel
import java.nio.channels.UnresolvedAddressException
import java.util.function.Supplier

/** asyncio's `create_datagram_endpoint`. Loop thread only. */
@NotOnAndroid
internal object Datagrams {
    suspend fun <P : DatagramProtocol> create(
        loop: LoopImpl,
        protocolFactory: Supplier<out P>,
        local: InetSocketAddress?,
        remote: InetSocketAddress?,
        options: DatagramOptions,
    ): Endpoint<DatagramTransport, P> {
        SelectorPoller.of(loop)
        val localAddress = local?.let { NameLookup.resolved(loop, it) }
        val remoteAddress = remote?.let { NameLookup.resolved(loop, it) }
        val isV4 = (remoteAddress ?: localAddress)?.address is Inet4Address
        val channel = DatagramChannel.open(if (isV4) StandardProtocolFamily.INET else StandardProtocolFamily.INET6)
        try {
            if (options.reusePort()) Listening.sharePort(channel)
            if (options.allowBroadcast()) channel.setOption(StandardSocketOptions.SO_BROADCAST, true)
            if (localAddress != null) bind(channel, localAddress)
            if (remoteAddress != null && !options.allowBroadcast()) connect(channel, remoteAddress)
        } catch (e: Throwable) {
            channel.close()
            throw e
        }
        return open(loop, channel, protocolFactory, remoteAddress)
    }

    private fun bind(channel: DatagramChannel, address: InetSocketAddress) {
        try {
            channel.bind(address)
        } catch (e: IOException) {
            throw bindFailed(describe(address), e)
        }
    }

    private fun connect(channel: DatagramChannel, address: InetSocketAddress) {
        try {
            channel.connect(address)
        } catch (e: IOException) {
            throw connectFailed(address, e)
        }
    }

    suspend fun <P : DatagramProtocol> open(
        loop: LoopImpl,
        channel: DatagramChannel,
        protocolFactory: Supplier<out P>,
        target: InetSocketAddress?,
    ): Endpoint<DatagramTransport, P> {
        val protocol: P
        val transport: DatagramTransport
        val waiter = FutureImpl<Unit>(loop)
        Readiness.checkFree(loop, channel)
        try {
            channel.configureBlocking(false)
            protocol = protocolFactory.get()
            val onlyTarget = target ?: channel.remoteAddress
            transport = DatagramTransportImpl(loop, channel, protocol, onlyTarget)
                .also { it.start { if (!waiter.done()) waiter.setResult(Unit) } }
        } catch (e: Throwable) {
            SelectorPoller.of(loop).close(channel)
            throw e
        }
        return Endpoint(Connecting.awaitOpen(transport, waiter), protocol)
    }
}

/** [DatagramChannel.send], whose exceptions for an address that is of no use do not tell which it is. */
internal fun DatagramChannel.sendTo(data: ByteBuffer, address: SocketAddress): Int = try {
    send(data, address)
} catch (e: IllegalArgumentException) {
    val why = if (e is UnresolvedAddressException) "the name is not resolved" else "the socket is of another family"
    throw IllegalArgumentException("cannot send to ${describe(address)}: $why", e)
}
