package dev.asyncio.streams;

import dev.asyncio.CheckReturnValue;
import dev.asyncio.Coroutine;
import dev.asyncio.EventLoop;
import dev.asyncio.spi.Engine;
import dev.asyncio.spi.IoProvider;
import dev.asyncio.spi.NotOnAndroid;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link EventLoop} does with sockets; every loop has it.
 *
 * <p>Channels have to be non-blocking ({@code channel.configureBlocking(false)}); one that blocks is an
 * {@link IllegalArgumentException}. A channel that a transport uses belongs to it: here it is an
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
     * @return whether there was a callback
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
     * @return whether there was a callback
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

    private EventLoop loop() {
        return (EventLoop) this;
    }

    private static IoProvider io() {
        return Engine.get().io();
    }
}
