package dev.asyncio.streams;

import dev.asyncio.CheckReturnValue;
import dev.asyncio.Coroutine;
import dev.asyncio.EventLoop;
import dev.asyncio.spi.Engine;
import dev.asyncio.spi.IoProvider;
import dev.asyncio.spi.NotOnAndroid;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link EventLoop} does with sockets; every loop has it.
 *
 * <p>Channels have to be non-blocking ({@code channel.configureBlocking(false)}); one that blocks, or cannot do what is
 * waited for, is an {@link IllegalArgumentException}. A channel that a transport uses belongs to it: here it is an
 * {@link IllegalStateException}. A loop that is closed is an {@link IllegalStateException}, one on virtual time an
 * {@link UnsupportedOperationException}.
 *
 * <p>Operations that give a {@link Coroutine} are to be awaited on this loop. <b>Yields:</b> they try at once, and
 * wait only if the socket is not ready. <b>Cancellation</b> while they wait leaves the channel open.
 */
@NotOnAndroid
public interface LoopIo {

    // Readiness.

    /**
     * Runs a callback whenever a channel can be read from, or a connection accepted; asyncio's {@code add_reader}. It
     * replaces the one that the channel had. <b>Order:</b> in each iteration after what is ready already and before
     * timers.
     *
     * @param channel a non-blocking channel
     * @param callback runs in a copy of the current context, each time the channel is found readable
     */
    default void addReader(SelectableChannel channel, Runnable callback) {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(callback, "callback");
        io().addReader(loop(), channel, callback);
    }

    /**
     * Takes back {@link #addReader}; asyncio's {@code remove_reader}. A callback that is about to run does not.
     *
     * @param channel the channel, which may be closed
     * @return whether there was a callback; that of a closed channel is forgotten in the loop's next turn
     */
    default boolean removeReader(SelectableChannel channel) {
        return io().removeReader(loop(), Objects.requireNonNull(channel, "channel"));
    }

    /**
     * Runs a callback whenever a channel can be written to, or a pending connection be finished; asyncio's
     * {@code add_writer}. It replaces the one that the channel had.
     *
     * @param channel a non-blocking channel
     * @param callback runs in a copy of the current context, each time the channel is found writable
     */
    default void addWriter(SelectableChannel channel, Runnable callback) {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(callback, "callback");
        io().addWriter(loop(), channel, callback);
    }

    /**
     * Takes back {@link #addWriter}; asyncio's {@code remove_writer}. A callback that is about to run does not.
     *
     * @param channel the channel, which may be closed
     * @return whether there was a callback; that of a closed channel is forgotten in the loop's next turn
     */
    default boolean removeWriter(SelectableChannel channel) {
        return io().removeWriter(loop(), Objects.requireNonNull(channel, "channel"));
    }

    // Operations on channels.

    /**
     * Accepts a connection; asyncio's {@code sock_accept}.
     *
     * @param channel a bound, non-blocking channel
     * @return a cold coroutine of the connection, which is non-blocking and knows its addresses
     */
    @CheckReturnValue
    default Coroutine<SocketChannel> sockAccept(ServerSocketChannel channel) {
        return io().sockAccept(loop(), Objects.requireNonNull(channel, "channel"));
    }

    /**
     * Connects a channel; asyncio's {@code sock_connect}. An unresolved host name is looked up on another thread.
     *
     * @param channel a non-blocking channel that is not connected
     * @param address where to
     * @return a cold coroutine that throws an {@link java.io.IOException} naming the address
     */
    @CheckReturnValue
    default Coroutine<@Nullable Void> sockConnect(SocketChannel channel, SocketAddress address) {
        Objects.requireNonNull(channel, "channel");
        return io().sockConnect(loop(), channel, Objects.requireNonNull(address, "address"));
    }

    /**
     * Receives up to a number of bytes; asyncio's {@code sock_recv}.
     *
     * @param channel a connected, non-blocking channel
     * @param maxBytes how many at most
     * @return a cold coroutine of the bytes: one or more, none at the end of the stream
     * @throws IllegalArgumentException if the number is negative
     */
    @CheckReturnValue
    default Coroutine<byte[]> sockRecv(SocketChannel channel, int maxBytes) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("cannot receive " + maxBytes + " bytes");
        }
        return io().sockRecv(loop(), Objects.requireNonNull(channel, "channel"), maxBytes);
    }

    /**
     * Receives into a buffer; asyncio's {@code sock_recv_into}.
     *
     * @param channel a connected, non-blocking channel
     * @param buffer takes up to its remaining bytes, and its position moves behind them
     * @return a cold coroutine of the number of bytes received, 0 at the end of the stream
     */
    @CheckReturnValue
    default Coroutine<Integer> sockRecvInto(SocketChannel channel, ByteBuffer buffer) {
        Objects.requireNonNull(channel, "channel");
        return io().sockRecvInto(loop(), channel, Objects.requireNonNull(buffer, "buffer"));
    }

    /**
     * Sends all of some bytes; asyncio's {@code sock_sendall}. If it fails or is cancelled, nobody knows how many were
     * sent.
     *
     * @param channel a connected, non-blocking channel
     * @param data the bytes; not to be changed before the end
     * @return a cold coroutine
     */
    @CheckReturnValue
    default Coroutine<@Nullable Void> sockSendAll(SocketChannel channel, byte[] data) {
        return sockSendAll(channel, ByteBuffer.wrap(data));
    }

    /**
     * As {@link #sockSendAll(SocketChannel, byte[])}, from a buffer.
     *
     * @param channel a connected, non-blocking channel
     * @param data what remains in it is sent; not to be changed before the end
     * @return a cold coroutine
     */
    @CheckReturnValue
    default Coroutine<@Nullable Void> sockSendAll(SocketChannel channel, ByteBuffer data) {
        Objects.requireNonNull(channel, "channel");
        return io().sockSendAll(loop(), channel, Objects.requireNonNull(data, "data"));
    }

    /**
     * Sends a file, without copying it through this process where the system can; asyncio's {@code sock_sendfile}.
     *
     * @param channel a connected, non-blocking channel
     * @param file the file; its position is left behind the last byte sent, also after a failure
     * @param offset from where on
     * @return a cold coroutine of the number of bytes sent
     */
    @CheckReturnValue
    default Coroutine<Long> sockSendFile(SocketChannel channel, FileChannel file, long offset) {
        return sockSendFile(channel, file, offset, Long.MAX_VALUE);
    }

    /**
     * As {@link #sockSendFile(SocketChannel, FileChannel, long)}, up to a number of bytes.
     *
     * @param channel a connected, non-blocking channel
     * @param file the file; its position is left behind the last byte sent, also after a failure
     * @param offset from where on
     * @param count how many bytes at most
     * @return a cold coroutine of the number of bytes sent
     * @throws IllegalArgumentException if the offset is negative or the count is not positive
     */
    @CheckReturnValue
    default Coroutine<Long> sockSendFile(SocketChannel channel, FileChannel file, long offset, long count) {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(file, "file");
        FileRanges.check(offset, count);
        return io().sockSendFile(loop(), channel, file, offset, count);
    }

    /**
     * Receives a datagram; asyncio's {@code sock_recvfrom}.
     *
     * @param channel a non-blocking channel
     * @param maxBytes how many bytes at most; the rest of a longer datagram is lost
     * @return a cold coroutine
     * @throws IllegalArgumentException if the number is negative
     */
    @CheckReturnValue
    default Coroutine<Datagram> sockRecvFrom(DatagramChannel channel, int maxBytes) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("cannot receive " + maxBytes + " bytes");
        }
        return io().sockRecvFrom(loop(), Objects.requireNonNull(channel, "channel"), maxBytes);
    }

    /**
     * Receives a datagram into a buffer; asyncio's {@code sock_recvfrom_into}.
     *
     * @param channel a non-blocking channel
     * @param buffer takes up to its remaining bytes, and its position moves behind them
     * @return a cold coroutine of the sender's address
     */
    @CheckReturnValue
    default Coroutine<SocketAddress> sockRecvFromInto(DatagramChannel channel, ByteBuffer buffer) {
        Objects.requireNonNull(channel, "channel");
        return io().sockRecvFromInto(loop(), channel, Objects.requireNonNull(buffer, "buffer"));
    }

    /**
     * Sends a datagram; asyncio's {@code sock_sendto}.
     *
     * @param channel a non-blocking channel
     * @param data the bytes
     * @param address where to
     * @return a cold coroutine of the number of bytes sent
     */
    @CheckReturnValue
    default Coroutine<Integer> sockSendTo(DatagramChannel channel, byte[] data, SocketAddress address) {
        return sockSendTo(channel, ByteBuffer.wrap(data), address);
    }

    /**
     * As {@link #sockSendTo(DatagramChannel, byte[], SocketAddress)}, from a buffer.
     *
     * @param channel a non-blocking channel
     * @param data what remains in it is sent
     * @param address where to
     * @return a cold coroutine of the number of bytes sent
     */
    @CheckReturnValue
    default Coroutine<Integer> sockSendTo(DatagramChannel channel, ByteBuffer data, SocketAddress address) {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(data, "data");
        return io().sockSendTo(loop(), channel, data, Objects.requireNonNull(address, "address"));
    }

    // Transports and protocols.

    /**
     * Connects to a server, for a protocol; asyncio's {@code create_connection}.
     *
     * @param protocolFactory makes the protocol, once the connection is there
     * @param host its name or address
     * @param port its port
     * @param <P> the type of the protocol
     * @return a cold coroutine of transport and protocol; it resumes after {@code connectionMade}
     */
    @CheckReturnValue
    default <P extends StreamProtocol> Coroutine<Endpoint<Transport, P>> createConnection(
            Supplier<? extends P> protocolFactory, String host, int port) {
        return createConnection(protocolFactory, host, port, ConnectionOptions.DEFAULT);
    }

    /**
     * As {@link #createConnection(Supplier, String, int)}, with options.
     *
     * @param protocolFactory makes the protocol, once the connection is there
     * @param host its name or address
     * @param port its port
     * @param options encryption and so on
     * @param <P> the type of the protocol
     * @return a cold coroutine of transport and protocol
     */
    @CheckReturnValue
    default <P extends StreamProtocol> Coroutine<Endpoint<Transport, P>> createConnection(
            Supplier<? extends P> protocolFactory, String host, int port, ConnectionOptions options) {
        Objects.requireNonNull(protocolFactory, "protocolFactory");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(options, "options");
        Ports.check(port);
        return io().createConnection(loop(), protocolFactory, host, port, options);
    }

    /**
     * Uses a channel that is connected, for a protocol; asyncio's {@code create_connection(sock=…)}.
     *
     * @param protocolFactory makes the protocol
     * @param channel a connected channel, which now belongs to the transport
     * @param options encryption, for which the server's name has to be given
     * @param <P> the type of the protocol
     * @return a cold coroutine of transport and protocol
     */
    @CheckReturnValue
    default <P extends StreamProtocol> Coroutine<Endpoint<Transport, P>> createConnection(
            Supplier<? extends P> protocolFactory, SocketChannel channel, ConnectionOptions options) {
        Objects.requireNonNull(protocolFactory, "protocolFactory");
        Objects.requireNonNull(channel, "channel");
        return io().createConnection(loop(), protocolFactory, channel, Objects.requireNonNull(options, "options"));
    }

    /**
     * Connects to a Unix-domain socket, for a protocol; asyncio's {@code create_unix_connection}.
     *
     * @param protocolFactory makes the protocol, once the connection is there
     * @param path the socket's file
     * @param options encryption, for which the server's name has to be given
     * @param <P> the type of the protocol
     * @return a cold coroutine of transport and protocol
     */
    @CheckReturnValue
    default <P extends StreamProtocol> Coroutine<Endpoint<Transport, P>> createUnixConnection(
            Supplier<? extends P> protocolFactory, Path path, ConnectionOptions options) {
        Objects.requireNonNull(protocolFactory, "protocolFactory");
        Objects.requireNonNull(path, "path");
        return io().createUnixConnection(loop(), protocolFactory, path, Objects.requireNonNull(options, "options"));
    }

    /**
     * Serves an accepted connection, for a protocol; asyncio's {@code connect_accepted_socket}.
     *
     * @param protocolFactory makes the protocol
     * @param channel a connected channel, which now belongs to the transport
     * @param options encryption
     * @param <P> the type of the protocol
     * @return a cold coroutine of transport and protocol
     */
    @CheckReturnValue
    default <P extends StreamProtocol> Coroutine<Endpoint<Transport, P>> connectAcceptedSocket(
            Supplier<? extends P> protocolFactory, SocketChannel channel, ServerOptions options) {
        Objects.requireNonNull(protocolFactory, "protocolFactory");
        Objects.requireNonNull(channel, "channel");
        return io().connectAcceptedSocket(loop(), protocolFactory, channel, Objects.requireNonNull(options, "options"));
    }

    /**
     * Listens, and makes a protocol for each connection; asyncio's {@code create_server}.
     *
     * @param protocolFactory makes a protocol for each connection
     * @param host the name or address of an interface; null or {@code ""} for all of them
     * @param port the port; 0 for any, see {@link Server#port()}
     * @return a cold coroutine of the server, which is to be closed
     */
    @CheckReturnValue
    default Coroutine<Server> createServer(
            Supplier<? extends StreamProtocol> protocolFactory, @Nullable String host, int port) {
        return createServer(protocolFactory, host, port, ServerOptions.DEFAULT);
    }

    /**
     * As {@link #createServer(Supplier, String, int)}, with options.
     *
     * @param protocolFactory makes a protocol for each connection
     * @param host the name or address of an interface; null or {@code ""} for all of them
     * @param port the port; 0 for any
     * @param options encryption and so on
     * @return a cold coroutine of the server, which is to be closed
     */
    @CheckReturnValue
    default Coroutine<Server> createServer(
            Supplier<? extends StreamProtocol> protocolFactory,
            @Nullable String host,
            int port,
            ServerOptions options) {
        List<@Nullable String> hosts = new ArrayList<>();
        hosts.add(host);
        return createServer(protocolFactory, hosts, port, options);
    }

    /**
     * As {@link #createServer(Supplier, String, int, ServerOptions)}, on several interfaces.
     *
     * @param protocolFactory makes a protocol for each connection
     * @param hosts names or addresses of interfaces; what is there twice counts once
     * @param port the port; 0 for any, another one for each
     * @param options encryption and so on
     * @return a cold coroutine of the server, which is to be closed
     */
    @CheckReturnValue
    default Coroutine<Server> createServer(
            Supplier<? extends StreamProtocol> protocolFactory,
            Collection<? extends @Nullable String> hosts,
            int port,
            ServerOptions options) {
        Objects.requireNonNull(protocolFactory, "protocolFactory");
        Objects.requireNonNull(hosts, "hosts");
        Objects.requireNonNull(options, "options");
        Ports.check(port);
        return io().createServer(loop(), protocolFactory, new ArrayList<>(hosts), port, options);
    }

    /**
     * Uses a channel that is bound; asyncio's {@code create_server(sock=…)}.
     *
     * @param protocolFactory makes a protocol for each connection
     * @param channel a bound channel, which now belongs to the server
     * @param options encryption and so on
     * @return a cold coroutine of the server, which is to be closed
     */
    @CheckReturnValue
    default Coroutine<Server> createServer(
            Supplier<? extends StreamProtocol> protocolFactory, ServerSocketChannel channel, ServerOptions options) {
        Objects.requireNonNull(protocolFactory, "protocolFactory");
        Objects.requireNonNull(channel, "channel");
        return io().createServer(loop(), protocolFactory, channel, Objects.requireNonNull(options, "options"));
    }

    /**
     * Listens at a Unix-domain socket; asyncio's {@code create_unix_server}. A socket's file that is left there is
     * replaced.
     *
     * @param protocolFactory makes a protocol for each connection
     * @param path the socket's file
     * @param options encryption and so on
     * @return a cold coroutine of the server, which is to be closed
     */
    @CheckReturnValue
    default Coroutine<Server> createUnixServer(
            Supplier<? extends StreamProtocol> protocolFactory, Path path, ServerOptions options) {
        Objects.requireNonNull(protocolFactory, "protocolFactory");
        Objects.requireNonNull(path, "path");
        return io().createUnixServer(loop(), protocolFactory, path, Objects.requireNonNull(options, "options"));
    }

    /**
     * Opens an endpoint for datagrams; asyncio's {@code create_datagram_endpoint}. Unresolved host names are looked up
     * on another thread.
     *
     * @param protocolFactory makes the protocol
     * @param local the address to receive at, with port 0 for any; null for any address
     * @param remote the address to exchange datagrams with; null for all
     * @param options what the socket may do
     * @param <P> the type of the protocol
     * @return a cold coroutine of transport and protocol
     * @throws IllegalArgumentException if there is neither a local nor a remote address
     */
    @CheckReturnValue
    default <P extends DatagramProtocol> Coroutine<Endpoint<DatagramTransport, P>> createDatagramEndpoint(
            Supplier<? extends P> protocolFactory,
            @Nullable InetSocketAddress local,
            @Nullable InetSocketAddress remote,
            DatagramOptions options) {
        Objects.requireNonNull(protocolFactory, "protocolFactory");
        Objects.requireNonNull(options, "options");
        if (local == null && remote == null) {
            throw new IllegalArgumentException("an endpoint needs a local or a remote address");
        }
        return io().createDatagramEndpoint(loop(), protocolFactory, local, remote, options);
    }

    /**
     * As {@link #createDatagramEndpoint(Supplier, InetSocketAddress, InetSocketAddress, DatagramOptions)}, without
     * options.
     *
     * @param protocolFactory makes the protocol
     * @param local the address to receive at, with port 0 for any; null for any address
     * @param remote the address to exchange datagrams with; null for all
     * @param <P> the type of the protocol
     * @return a cold coroutine of transport and protocol
     */
    @CheckReturnValue
    default <P extends DatagramProtocol> Coroutine<Endpoint<DatagramTransport, P>> createDatagramEndpoint(
            Supplier<? extends P> protocolFactory,
            @Nullable InetSocketAddress local,
            @Nullable InetSocketAddress remote) {
        return createDatagramEndpoint(protocolFactory, local, remote, DatagramOptions.DEFAULT);
    }

    /**
     * Uses a channel; asyncio's {@code create_datagram_endpoint(sock=…)}.
     *
     * @param protocolFactory makes the protocol
     * @param channel a channel, which now belongs to the transport
     * @param <P> the type of the protocol
     * @return a cold coroutine of transport and protocol
     */
    @CheckReturnValue
    default <P extends DatagramProtocol> Coroutine<Endpoint<DatagramTransport, P>> createDatagramEndpoint(
            Supplier<? extends P> protocolFactory, DatagramChannel channel) {
        Objects.requireNonNull(protocolFactory, "protocolFactory");
        return io().createDatagramEndpoint(loop(), protocolFactory, Objects.requireNonNull(channel, "channel"));
    }

    /**
     * Sends a file through a transport; asyncio's {@code sendfile}. What was written before goes first; meanwhile
     * nothing may be written.
     *
     * @param transport where to
     * @param file the file; its position is left behind the last byte sent, also after a failure
     * @param offset from where on
     * @param count how many bytes at most
     * @return a cold coroutine of the number of bytes sent; it throws {@link IllegalStateException} if the transport is
     *     closing, or neither a socket's nor a TLS one
     * @throws IllegalArgumentException if the offset is negative or the count is not positive
     */
    @CheckReturnValue
    default Coroutine<Long> sendfile(Transport transport, FileChannel file, long offset, long count) {
        return sendfile(transport, file, offset, count, true);
    }

    /**
     * As {@link #sendfile(Transport, FileChannel, long, long)}, only if the system itself can do it, or in any case.
     *
     * @param transport where to
     * @param file the file
     * @param offset from where on
     * @param count how many bytes at most
     * @param fallback whether the file may be read and written, as it has to be with TLS; asyncio's {@code fallback}
     * @return a cold coroutine of the number of bytes sent; without fallback it throws {@link IllegalStateException} if
     *     the system cannot send through this transport
     * @throws IllegalArgumentException if the offset is negative or the count is not positive
     */
    @CheckReturnValue
    default Coroutine<Long> sendfile(Transport transport, FileChannel file, long offset, long count, boolean fallback) {
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(file, "file");
        FileRanges.check(offset, count);
        return io().sendfile(loop(), transport, file, offset, count, fallback);
    }

    /**
     * As {@link #sendfile(Transport, FileChannel, long, long)}, the whole file.
     *
     * @param transport where to
     * @param file the file
     * @return a cold coroutine of the number of bytes sent
     */
    @CheckReturnValue
    default Coroutine<Long> sendfile(Transport transport, FileChannel file) {
        return sendfile(transport, file, 0, Long.MAX_VALUE);
    }

    /**
     * Encrypts a connection from now on; asyncio's {@code start_tls}. The protocol stays, and {@code connectionMade} is
     * not called again. A failure or a cancellation closes the connection.
     *
     * @param transport a transport of this loop, not to be used any more
     * @param protocol its protocol
     * @param options how to encrypt; a client's have to name the server
     * @param serverSide whether this is the server
     * @return a cold coroutine of the transport to use from now on
     */
    @CheckReturnValue
    default Coroutine<Transport> startTls(
            Transport transport, StreamProtocol protocol, TlsOptions options, boolean serverSide) {
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(protocol, "protocol");
        return io().startTls(loop(), transport, protocol, Objects.requireNonNull(options, "options"), serverSide);
    }

    // Names.

    /**
     * Looks the addresses of a host up, on the default executor; asyncio's {@code getaddrinfo}.
     *
     * @param host its name or address
     * @param port becomes part of the results
     * @return a cold coroutine of one address or more, in the system's order; it throws
     *     {@link java.net.UnknownHostException}
     */
    @CheckReturnValue
    default Coroutine<List<InetSocketAddress>> getaddrinfo(String host, int port) {
        Ports.check(port);
        return io().getaddrinfo(loop(), Objects.requireNonNull(host, "host"), port);
    }

    /**
     * Looks the name of a host up, on the default executor; asyncio's {@code getnameinfo}.
     *
     * @param address its address
     * @return a cold coroutine of its name; of the address in digits if it has none
     */
    @CheckReturnValue
    default Coroutine<String> getnameinfo(InetSocketAddress address) {
        return io().getnameinfo(loop(), Objects.requireNonNull(address, "address"));
    }

    private EventLoop loop() {
        return (EventLoop) this;
    }

    private static IoProvider io() {
        return Engine.get().io();
    }
}
