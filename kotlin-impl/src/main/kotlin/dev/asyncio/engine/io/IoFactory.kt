package dev.asyncio.engine.io

import dev.asyncio.Coroutine
import dev.asyncio.EventLoop
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.onLoop
import dev.asyncio.engine.impl
import dev.asyncio.engine.streams.StreamFactory
import dev.asyncio.spi.IoProvider
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.spi.StreamHandler
import dev.asyncio.streams.ConnectionOptions
import dev.asyncio.streams.Datagram
import dev.asyncio.streams.DatagramOptions
import dev.asyncio.streams.DatagramProtocol
import dev.asyncio.streams.DatagramTransport
import dev.asyncio.streams.Endpoint
import dev.asyncio.streams.Server
import dev.asyncio.streams.ServerOptions
import dev.asyncio.streams.StreamConnection
import dev.asyncio.streams.StreamProtocol
import dev.asyncio.streams.TlsOptions
import dev.asyncio.streams.Transport
import java.net.InetSocketAddress
import java.net.SocketAddress
import java.nio.ByteBuffer
import java.nio.channels.DatagramChannel
import java.nio.channels.FileChannel
import java.nio.channels.SelectableChannel
import java.nio.channels.ServerSocketChannel
import java.nio.channels.SocketChannel
import java.nio.file.Path
import java.util.function.Supplier

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

    // ---- transports and protocols

    override fun <P : StreamProtocol> createConnection(
        loop: EventLoop,
        protocolFactory: Supplier<out P>,
        host: String,
        port: Int,
        options: ConnectionOptions,
    ): Coroutine<Endpoint<Transport, P>> = operation(loop, "createConnection") {
        val channel = Connecting.connect(it, host, port, options)
        Connecting.open(it, channel, protocolFactory, options.tls(), host = host)
    }

    override fun <P : StreamProtocol> createConnection(
        loop: EventLoop,
        protocolFactory: Supplier<out P>,
        channel: SocketChannel,
        options: ConnectionOptions,
    ): Coroutine<Endpoint<Transport, P>> = operation(loop, "createConnection") {
        Connecting.open(it, channel, protocolFactory, options.tls())
    }

    override fun <P : StreamProtocol> createUnixConnection(
        loop: EventLoop,
        protocolFactory: Supplier<out P>,
        path: Path,
        options: ConnectionOptions,
    ): Coroutine<Endpoint<Transport, P>> = operation(loop, "createUnixConnection") {
        Connecting.open(it, UnixSockets.connect(it, path), protocolFactory, options.tls())
    }

    override fun <P : StreamProtocol> connectAcceptedSocket(
        loop: EventLoop,
        protocolFactory: Supplier<out P>,
        channel: SocketChannel,
        options: ServerOptions,
    ): Coroutine<Endpoint<Transport, P>> = operation(loop, "connectAcceptedSocket") {
        Connecting.open(it, channel, protocolFactory, options.tls(), serverSide = true)
    }

    override fun createServer(
        loop: EventLoop,
        protocolFactory: Supplier<out StreamProtocol>,
        hosts: List<String?>,
        port: Int,
        options: ServerOptions,
    ): Coroutine<Server> = operation(loop, "createServer") {
        Listening.serve(ServerImpl(it, Listening.bind(it, hosts, port, options), protocolFactory, options), options)
    }

    override fun createServer(
        loop: EventLoop,
        protocolFactory: Supplier<out StreamProtocol>,
        channel: ServerSocketChannel,
        options: ServerOptions,
    ): Coroutine<Server> = operation(loop, "createServer") {
        requireNotNull(channel.localAddress) { "the channel is not bound: $channel" }
        channel.configureBlocking(false)
        Readiness.checkFree(it, channel)
        Listening.serve(ServerImpl(it, listOf(channel), protocolFactory, options), options)
    }

    override fun createUnixServer(
        loop: EventLoop,
        protocolFactory: Supplier<out StreamProtocol>,
        path: Path,
        options: ServerOptions,
    ): Coroutine<Server> = operation(loop, "createUnixServer") {
        Listening.serve(UnixSockets.serve(it, protocolFactory, path, options), options)
    }

    override fun <P : DatagramProtocol> createDatagramEndpoint(
        loop: EventLoop,
        protocolFactory: Supplier<out P>,
        local: InetSocketAddress?,
        remote: InetSocketAddress?,
        options: DatagramOptions,
    ): Coroutine<Endpoint<DatagramTransport, P>> = operation(loop, "createDatagramEndpoint") {
        Datagrams.create(it, protocolFactory, local, remote, options)
    }

    override fun <P : DatagramProtocol> createDatagramEndpoint(
        loop: EventLoop,
        protocolFactory: Supplier<out P>,
        channel: DatagramChannel,
    ): Coroutine<Endpoint<DatagramTransport, P>> = operation(loop, "createDatagramEndpoint") {
        Datagrams.open(it, channel, protocolFactory, null)
    }

    override fun sendfile(
        loop: EventLoop,
        transport: Transport,
        file: FileChannel,
        offset: Long,
        count: Long,
        fallback: Boolean,
    ): Coroutine<Long> = operation(loop, "sendfile") { SendFile.send(it, transport, file, offset, count, fallback) }

    override fun startTls(
        loop: EventLoop,
        transport: Transport,
        protocol: StreamProtocol,
        options: TlsOptions,
        serverSide: Boolean,
    ): Coroutine<Transport> = operation(loop, "startTls") {
        TlsUpgrade.start(it, transport, protocol, options, serverSide)
    }

    // ---- names

    override fun getaddrinfo(loop: EventLoop, host: String, port: Int): Coroutine<List<InetSocketAddress>> =
        operation(loop, "getaddrinfo") { NameLookup.addresses(it, host, port) }

    override fun getnameinfo(loop: EventLoop, address: InetSocketAddress): Coroutine<String> =
        operation(loop, "getnameinfo") { NameLookup.nameOf(it, NameLookup.resolved(it, address)) }

    /** An operation of [loop], which has to be the one that runs it. */
    private fun <T> operation(loop: EventLoop, name: String, block: suspend (LoopImpl) -> T): Coroutine<T> =
        Operation(name) {
            onLoop { running ->
                val impl = loop.impl()
                check(running === impl) { "$name of $loop is awaited on another loop, $running" }
                SelectorPoller.of(impl) // refuses before anything is opened
                block(impl)
            }
        }

    // ---- streams

    override fun openConnection(host: String, port: Int, options: ConnectionOptions): Coroutine<StreamConnection> =
        StreamFactory.open(host, port, options)

    override fun openConnection(channel: SocketChannel, options: ConnectionOptions): Coroutine<StreamConnection> =
        StreamFactory.open(channel, options)

    override fun openUnixConnection(path: Path, options: ConnectionOptions): Coroutine<StreamConnection> =
        StreamFactory.openUnix(path, options)

    override fun startServer(
        handler: StreamHandler,
        host: String?,
        port: Int,
        options: ServerOptions,
    ): Coroutine<Server> = StreamFactory.start(handler, host, port, options)

    override fun startUnixServer(handler: StreamHandler, path: Path, options: ServerOptions): Coroutine<Server> =
        StreamFactory.startUnix(handler, path, options)
}
