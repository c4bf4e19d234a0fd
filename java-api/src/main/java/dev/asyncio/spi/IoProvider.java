package dev.asyncio.spi;

import dev.asyncio.Coroutine;
import dev.asyncio.EventLoop;
import dev.asyncio.streams.Datagram;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
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
}
