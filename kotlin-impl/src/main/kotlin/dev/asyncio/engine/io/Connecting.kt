package dev.asyncio.engine.io

import dev.asyncio.ExceptionGroup
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.loop.readyItem
import dev.asyncio.engine.loop.toNanosSaturated
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.BaseTransport
import dev.asyncio.streams.ConnectionOptions
import dev.asyncio.streams.Endpoint
import dev.asyncio.streams.StreamProtocol
import dev.asyncio.streams.TlsOptions
import dev.asyncio.streams.Transport
import java.io.IOException
import java.net.ConnectException
import java.net.Inet4Address
import java.net.InetSocketAddress
import java.nio.channels.SocketChannel
import java.util.function.Supplier

/** How connections come to be: asyncio's `create_connection` and what it shares with servers. */
@NotOnAndroid
internal object Connecting {
    /** A connected channel to one of the addresses of [host]. */
    suspend fun connect(loop: LoopImpl, host: String, port: Int, options: ConnectionOptions): SocketChannel {
        options.tls()?.let { TlsEngines.requireName(it, host) }
        val delay = options.happyEyeballsDelay()
        val interleave = if (delay != null && options.interleave() == 0) 1 else options.interleave()
        val addresses = interleaved(NameLookup.addresses(loop, host, port), interleave)
        val local = options.localAddress()?.let { NameLookup.resolved(loop, it) }
        val attempts = addresses.map { address ->
            suspend { connectTo(loop, address, local) }
        }
        val errors = ArrayList<IOException>()
        val channel = if (delay == null) {
            oneByOne(attempts, errors)
        } else {
            Race(loop, attempts, delay.toNanosSaturated(), errors).run()
        }
        return channel ?: throw failure(host, port, errors, options.allErrors())
    }

    private suspend fun oneByOne(
        attempts: List<suspend () -> SocketChannel>,
        errors: MutableList<IOException>,
    ): SocketChannel? {
        for (attempt in attempts) {
            try {
                return attempt()
            } catch (e: IOException) {
                errors += e
            }
        }
        return null
    }

    private suspend fun connectTo(
        loop: LoopImpl,
        address: InetSocketAddress,
        local: InetSocketAddress?,
    ): SocketChannel {
        val channel = SocketChannel.open()
        try {
            channel.configureBlocking(false)
            if (local != null) bindLocally(channel, local, address)
            SockOps.connect(loop, channel, address, isForOwner = true)
            return channel
        } catch (e: Throwable) {
            SelectorPoller.of(loop).close(channel)
            throw e
        }
    }

    private fun bindLocally(channel: SocketChannel, local: InetSocketAddress, remote: InetSocketAddress) {
        if (local.address.javaClass != remote.address.javaClass) {
            throw ConnectException("the local address ${describe(local)} is of another family than ${describe(remote)}")
        }
        try {
            channel.bind(local)
        } catch (e: IOException) {
            throw bindFailed(describe(local), e)
        }
    }

    private fun failure(host: String, port: Int, errors: List<IOException>, all: Boolean): Exception {
        if (all) return ExceptionGroup("cannot connect to $host:$port", errors)
        if (errors.size == 1) return errors.single()
        val message = "cannot connect to $host:$port, multiple exceptions: " +
            errors.joinToString { it.message ?: "$it" }
        val combined = if (errors.all { it is ConnectException }) ConnectException(message) else IOException(message)
        errors.forEach(combined::addSuppressed)
        return combined
    }

    /** RFC 8305: the families alternate, after [first] of the first one's. 0: as they are. */
    private fun interleaved(addresses: List<InetSocketAddress>, first: Int): List<InetSocketAddress> {
        if (first == 0) return addresses
        val families = addresses.groupBy { it.address is Inet4Address }.values.map { ArrayDeque(it) }
        val result = ArrayList<InetSocketAddress>()
        repeat(first - 1) { families.first().removeFirstOrNull()?.let(result::add) }
        while (families.any { it.isNotEmpty() }) families.forEach { it.removeFirstOrNull()?.let(result::add) }
        return result
    }

    /** Makes protocol and transport for a connected [channel], which is closed if that fails, unless it is in use. */
    suspend fun <P : StreamProtocol> open(
        loop: LoopImpl,
        channel: SocketChannel,
        protocolFactory: Supplier<out P>,
        tls: TlsOptions?,
        serverSide: Boolean = false,
        host: String? = null,
    ): Endpoint<Transport, P> {
        val protocol: P
        val transport: Transport
        val waiter = FutureImpl<Unit>(loop)
        Readiness.checkFree(loop, channel)
        try {
            require(channel.isConnected) { "the channel is not connected: $channel" }
            channel.configureBlocking(false)
            if (tls != null && !serverSide) TlsEngines.requireName(tls, host)
            protocol = protocolFactory.get().also(::requireStreamProtocol)
            transport = if (tls == null) {
                SocketTransport(loop, channel, protocol, null).start { if (!waiter.done()) waiter.setResult(Unit) }
            } else {
                val layer = TlsLayer(loop, protocol, TlsEngines.of(tls, serverSide, host), tls, serverSide, waiter)
                SocketTransport(loop, channel, layer, null).start(null)
                layer.transport
            }
        } catch (e: Throwable) {
            SelectorPoller.of(loop).close(channel)
            throw e
        }
        return Endpoint(awaitOpen(transport, waiter), protocol)
    }

    /** [transport], once it has told its protocol and completed [opened]; it is closed if that fails. */
    suspend fun <T : BaseTransport> awaitOpen(transport: T, opened: FutureImpl<Unit>): T {
        try {
            awaitFuture(opened)
        } catch (e: Throwable) {
            transport.close()
            throw e
        }
        return transport
    }

    /** As [open] for a connection that [server] has accepted; nobody waits for it. */
    fun openTransport(
        loop: LoopImpl,
        channel: SocketChannel,
        protocol: StreamProtocol,
        tls: TlsOptions?,
        server: ServerImpl,
        failed: (Throwable) -> Unit,
    ) {
        requireStreamProtocol(protocol)
        if (tls == null) {
            SocketTransport(loop, channel, protocol, server).start(null)
            return
        }
        val waiter = FutureImpl<Unit>(loop)
        waiter.addCallback(readyItem { if (waiter.isFailed) failed(waiter.takeFailure()) })
        val layer = TlsLayer(loop, protocol, TlsEngines.of(tls, true, null), tls, true, waiter)
        SocketTransport(loop, channel, layer, server).start(null)
    }
}
