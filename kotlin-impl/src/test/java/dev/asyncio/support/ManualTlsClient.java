package dev.asyncio.support;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.Status;

/** A client that blocks, and that decides which records of TLS go out together: those before a {@link #send}. */
public final class ManualTlsClient implements AutoCloseable {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final SocketChannel channel;
    private final ByteBuffer incoming = ByteBuffer.allocate(100_000);
    private final ByteBuffer outgoing = ByteBuffer.allocate(100_000);
    private final ByteBuffer plain = ByteBuffer.allocate(100_000);

    private ManualTlsClient(SSLEngine engine, SocketChannel channel) {
        this.engine = engine;
        this.channel = channel;
    }

    /** Connected, and after the handshake, whose last message is not sent yet if it is the client's. */
    public static ManualTlsClient connect(SSLContext context, String version, int port) throws IOException {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {version});
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        ManualTlsClient client = new ManualTlsClient(engine, channel);
        client.handshake();
        return client;
    }

    private void handshake() throws IOException {
        engine.beginHandshake();
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK:
                    engine.getDelegatedTask().run();
                    break;
                case NEED_WRAP:
                    engine.wrap(NOTHING, outgoing);
                    break;
                case NEED_UNWRAP:
                    send();
                    unwrap();
                    break;
                default:
                    return;
            }
        }
    }

    private void unwrap() throws IOException {
        incoming.flip();
        Status status = engine.unwrap(incoming, plain).getStatus();
        incoming.compact();
        if (status == Status.BUFFER_UNDERFLOW && channel.read(incoming) < 0) {
            throw new EOFException();
        }
    }

    /** Begins another handshake, with TLS 1.2. */
    public void greetAgain() throws IOException {
        engine.beginHandshake();
        engine.wrap(NOTHING, outgoing);
    }

    public void write(String text) throws IOException {
        engine.wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), outgoing);
    }

    public void writeRaw(int... bytes) {
        for (int b : bytes) {
            outgoing.put((byte) b);
        }
    }

    /** Says that this is the end, and that it is one of the connection, too, once all is sent. */
    public void end() throws IOException {
        engine.closeOutbound();
        engine.wrap(NOTHING, outgoing);
        send();
        channel.shutdownOutput();
    }

    public void send() throws IOException {
        outgoing.flip();
        while (outgoing.hasRemaining()) {
            channel.write(outgoing);
        }
        outgoing.clear();
    }

    /** Waits until something has come, without a look at it. */
    public void awaitAnything() throws IOException {
        channel.read(incoming);
    }

    /** The types of all records up to the peer's end. */
    public List<Integer> recordTypes() throws IOException {
        while (channel.read(incoming) >= 0) {}
        incoming.flip();
        List<Integer> types = new ArrayList<>();
        while (incoming.hasRemaining()) {
            types.add((int) incoming.get());
            incoming.getShort();
            int length = incoming.getShort();
            incoming.position(incoming.position() + length);
        }
        return types;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
