package dev.asyncio.streams;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.EventLoop;
import dev.asyncio.Task;
import dev.asyncio.support.Runs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Supplier;

/** A protocol on one end of a connection, and a channel at the other. */
final class Link<P extends StreamProtocol> implements AutoCloseable {
    final EventLoop loop = getRunningLoop();
    final SocketChannel peer;
    final Transport transport;
    final P protocol;

    Link(Supplier<? extends P> factory) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listener.configureBlocking(false);
            // Small buffers, so that little is enough to fill them.
            listener.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
            Task<SocketChannel> accepting = createTask(() -> await(loop.sockAccept(listener)));
            InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
            Endpoint<Transport, P> made =
                    await(loop.createConnection(factory, address.getHostString(), address.getPort()));
            transport = made.transport();
            protocol = made.protocol();
            transport.getExtraInfo("socket", SocketChannel.class).setOption(StandardSocketOptions.SO_SNDBUF, 4096);
            peer = await(accepting);
        }
    }

    void send(String text) {
        await(loop.sockSendAll(peer, text.getBytes()));
    }

    byte[] receive(int count) {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining() && await(loop.sockRecvInto(peer, buffer)) > 0) {}
        return java.util.Arrays.copyOf(buffer.array(), buffer.position());
    }

    boolean isAtEnd() {
        return await(loop.sockRecv(peer, 1)).length == 0;
    }

    @Override
    public void close() throws IOException {
        transport.abort();
        peer.close();
        await(sleep(Duration.ZERO));
    }

    interface OnLink {
        void run(Link<RecordingProtocol> link) throws Exception;
    }

    static void onLink(OnLink body) {
        Runs.real(() -> {
            try (Link<RecordingProtocol> link = new Link<>(RecordingProtocol::new)) {
                body.run(link);
            }
        });
    }

    static void settle() {
        await(sleep(Duration.ofMillis(20)));
    }
}
