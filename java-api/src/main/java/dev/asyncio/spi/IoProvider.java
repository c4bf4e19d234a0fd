package dev.asyncio.spi;

import dev.asyncio.Coroutine;
import dev.asyncio.EventLoop;
import dev.asyncio.streams.ConnectionOptions;
import dev.asyncio.streams.Datagram;
import dev.asyncio.streams.DatagramOptions;
import dev.asyncio.streams.DatagramProtocol;
import dev.asyncio.streams.DatagramTransport;
import dev.asyncio.streams.Endpoint;
import dev.asyncio.streams.Server;
import dev.asyncio.streams.ServerOptions;
import dev.asyncio.streams.StreamConnection;
import dev.asyncio.streams.StreamProtocol;
import dev.asyncio.streams.TlsOptions;
import dev.asyncio.streams.Transport;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The engine's side of {@link dev.asyncio.streams.LoopIo} and the rest of {@code dev.asyncio.streams}. Arguments are
 * checked for null and numbers for their range by the facade; the state of channels and loops is the engine's concern.
 */
@NotOnAndroid
public interface IoProvider {

    // Readiness.

    void addReader(EventLoop loop, SelectableChannel channel, Runnable callback);

    boolean removeReader(EventLoop loop, SelectableChannel channel);

    void addWriter(EventLoop loop, SelectableChannel channel, Runnable callback);

    boolean removeWriter(EventLoop loop, SelectableChannel channel);

    // Operations on channels.

    Coroutine<SocketChannel> sockAccept(EventLoop loop, ServerSocketChannel channel);

    Coroutine<@Nullable Void> sockConnect(EventLoop loop, SocketChannel channel, SocketAddress address);

    Coroutine<byte[]> sockRecv(EventLoop loop, SocketChannel channel, int maxBytes);

    Coroutine<Integer> sockRecvInto(EventLoop loop, SocketChannel channel, ByteBuffer buffer);

    Coroutine<@Nullable Void> sockSendAll(EventLoop loop, SocketChannel channel, ByteBuffer data);

    Coroutine<Long> sockSendFile(EventLoop loop, SocketChannel channel, FileChannel file, long offset, long count);

    Coroutine<Datagram> sockRecvFrom(EventLoop loop, DatagramChannel channel, int maxBytes);

    Coroutine<SocketAddress> sockRecvFromInto(EventLoop loop, DatagramChannel channel, ByteBuffer buffer);

    Coroutine<Integer> sockSendTo(EventLoop loop, DatagramChannel channel, ByteBuffer data, SocketAddress address);

    // Transports and protocols.

    <P extends StreamProtocol> Coroutine<Endpoint<Transport, P>> createConnection(
            EventLoop loop, Supplier<? extends P> protocolFactory, String host, int port, ConnectionOptions options);

    <P extends StreamProtocol> Coroutine<Endpoint<Transport, P>> createConnection(
            EventLoop loop, Supplier<? extends P> protocolFactory, SocketChannel channel, ConnectionOptions options);

    <P extends StreamProtocol> Coroutine<Endpoint<Transport, P>> createUnixConnection(
            EventLoop loop, Supplier<? extends P> protocolFactory, Path path, ConnectionOptions options);

    <P extends StreamProtocol> Coroutine<Endpoint<Transport, P>> connectAcceptedSocket(
            EventLoop loop, Supplier<? extends P> protocolFactory, SocketChannel channel, ServerOptions options);

    Coroutine<Server> createServer(
            EventLoop loop,
            Supplier<? extends StreamProtocol> protocolFactory,
            List<@Nullable String> hosts,
            int port,
            ServerOptions options);

    Coroutine<Server> createServer(
            EventLoop loop,
            Supplier<? extends StreamProtocol> protocolFactory,
            ServerSocketChannel channel,
            ServerOptions options);

    Coroutine<Server> createUnixServer(
            EventLoop loop, Supplier<? extends StreamProtocol> protocolFactory, Path path, ServerOptions options);

    <P extends DatagramProtocol> Coroutine<Endpoint<DatagramTransport, P>> createDatagramEndpoint(
            EventLoop loop,
            Supplier<? extends P> protocolFactory,
            @Nullable InetSocketAddress local,
            @Nullable InetSocketAddress remote,
            DatagramOptions options);

    <P extends DatagramProtocol> Coroutine<Endpoint<DatagramTransport, P>> createDatagramEndpoint(
            EventLoop loop, Supplier<? extends P> protocolFactory, DatagramChannel channel);

    Coroutine<Long> sendfile(
            EventLoop loop, Transport transport, FileChannel file, long offset, long count, boolean fallback);

    Coroutine<Transport> startTls(
            EventLoop loop, Transport transport, StreamProtocol protocol, TlsOptions options, boolean serverSide);

    // Names.

    Coroutine<List<InetSocketAddress>> getaddrinfo(EventLoop loop, String host, int port);

    Coroutine<String> getnameinfo(EventLoop loop, InetSocketAddress address);

    // Streams, on the loop that runs when they are awaited.

    Coroutine<StreamConnection> openConnection(String host, int port, ConnectionOptions options);

    Coroutine<StreamConnection> openConnection(SocketChannel channel, ConnectionOptions options);

    Coroutine<StreamConnection> openUnixConnection(Path path, ConnectionOptions options);

    Coroutine<Server> startServer(StreamHandler handler, @Nullable String host, int port, ServerOptions options);

    Coroutine<Server> startUnixServer(StreamHandler handler, Path path, ServerOptions options);
}
