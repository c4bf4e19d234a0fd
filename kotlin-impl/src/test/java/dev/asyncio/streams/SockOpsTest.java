package dev.asyncio.streams;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.waitFor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.EventLoop;
import dev.asyncio.Task;
import dev.asyncio.TimeoutException;
import dev.asyncio.support.Runs;
import dev.asyncio.testing.VirtualTimeLoop;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The {@code sock…} operations between two channels of this JVM. */
class SockOpsTest {
    /** Two connected channels on a running loop. */
    private static final class Pair implements AutoCloseable {
        final EventLoop loop = getRunningLoop();
        final SocketChannel client;
        final SocketChannel server;

        Pair() throws IOException {
            try (ServerSocketChannel listener = listener()) {
                Task<SocketChannel> accepting = createTask(() -> await(loop.sockAccept(listener)));
                client = SocketChannel.open();
                client.configureBlocking(false);
                await(loop.sockConnect(client, listener.getLocalAddress()));
                server = await(accepting);
            }
        }

        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }

    private interface OnPair {
        void run(Pair pair) throws Exception;
    }

    private static void onPair(OnPair body) {
        Runs.real(() -> {
            try (Pair pair = new Pair()) {
                body.run(pair);
            }
        });
    }

    private static ServerSocketChannel listener() throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.configureBlocking(false);
        return listener;
    }

    @Test
    void bytesGoBothWays() {
        onPair(pair -> {
            assertEquals(pair.client.getLocalAddress(), pair.server.getRemoteAddress());
            Task<byte[]> receiving = createTask(() -> await(pair.loop.sockRecv(pair.server, 100)));
            await(sleep(Duration.ZERO));
            await(pair.loop.sockSendAll(pair.client, "hello".getBytes()));
            assertEquals("hello", new String(await(receiving)));
            await(pair.loop.sockSendAll(pair.server, ByteBuffer.wrap("answer".getBytes())));
            assertEquals("ans", new String(await(pair.loop.sockRecv(pair.client, 3))));
            ByteBuffer rest = ByteBuffer.allocate(10);
            assertEquals(3, await(pair.loop.sockRecvInto(pair.client, rest)));
            assertEquals(3, rest.position());
            assertEquals(0, await(pair.loop.sockRecv(pair.client, 0)).length);
        });
    }

    @Test
    void theEndOfTheStreamIsNoBytes() {
        onPair(pair -> {
            pair.client.shutdownOutput();
            assertEquals(0, await(pair.loop.sockRecv(pair.server, 10)).length);
            assertEquals(0, await(pair.loop.sockRecvInto(pair.server, ByteBuffer.allocate(10))));
        });
    }

    @Test
    void sendAllSendsMoreThanTheSocketTakes() {
        onPair(pair -> {
            byte[] data = new byte[8 << 20];
            new Random(1).nextBytes(data);
            Task<Void> sending = createTask(() -> await(pair.loop.sockSendAll(pair.client, data)));
            ByteBuffer received = ByteBuffer.allocate(data.length);
            while (received.hasRemaining()) {
                assertTrue(await(pair.loop.sockRecvInto(pair.server, received)) > 0);
            }
            await(sending);
            assertArrayEquals(data, received.array());
        });
    }

    @Test
    void aReceiverThatIsCancelledLosesNothing() {
        onPair(pair -> {
            assertThrows(
                    TimeoutException.class,
                    () -> await(waitFor(pair.loop.sockRecv(pair.server, 10), Duration.ofMillis(10))));
            await(pair.loop.sockSendAll(pair.client, "late".getBytes()));
            assertEquals("late", new String(await(pair.loop.sockRecv(pair.server, 10))));
        });
    }

    @Test
    void aConnectionThatIsAcceptedAsTheAcceptorIsCancelledIsClosed() {
        Runs.real(() -> {
            EventLoop loop = getRunningLoop();
            try (ServerSocketChannel listener = listener();
                    SocketChannel client = SocketChannel.open()) {
                Task<SocketChannel> accepting = createTask(() -> await(loop.sockAccept(listener)));
                await(sleep(Duration.ZERO));
                client.connect(listener.getLocalAddress());
                await(sleep(Duration.ZERO));
                await(sleep(Duration.ZERO)); // it has accepted, and is about to go on
                accepting.cancel();
                assertThrows(CancelledError.class, () -> await(accepting));
                client.configureBlocking(false);
                assertEquals(0, await(loop.sockRecv(client, 1)).length);
            }
        });
    }

    @Test
    void theEndOfACancelledReceiverDoesNotDisturbTheOneThatReplacedIt() {
        onPair(pair -> {
            Task<byte[]> first = createTask(() -> await(pair.loop.sockRecv(pair.server, 10)));
            await(sleep(Duration.ZERO));
            first.cancel(); // its clean-up comes after the second one has taken its place
            Task<byte[]> second = createTask(() -> await(pair.loop.sockRecv(pair.server, 10)));
            await(Asyncio.wait(java.util.List.of(first)));
            await(pair.loop.sockSendAll(pair.client, "x".getBytes()));
            assertEquals("x", new String(await(second)));
        });
    }

    @Test
    void filesAreSentWithTheirPositionLeftBehindThem(@TempDir Path folder) {
        onPair(pair -> {
            byte[] data = new byte[3 << 20];
            new Random(2).nextBytes(data);
            Path path = Files.write(folder.resolve("data"), data);
            try (FileChannel file = FileChannel.open(path)) {
                Task<Long> sending = createTask(() -> await(pair.loop.sockSendFile(pair.client, file, 100)));
                ByteBuffer received = ByteBuffer.allocate(data.length - 100);
                while (received.hasRemaining()) {
                    assertTrue(await(pair.loop.sockRecvInto(pair.server, received)) > 0);
                }
                assertEquals(data.length - 100, await(sending));
                assertEquals(data.length, file.position());
                assertEquals(ByteBuffer.wrap(data, 100, data.length - 100), received.flip());

                assertEquals(7, await(pair.loop.sockSendFile(pair.client, file, 5, 7)));
                assertEquals(12, file.position());
                assertArrayEquals(
                        java.util.Arrays.copyOfRange(data, 5, 12), await(pair.loop.sockRecv(pair.server, 100)));
                assertEquals(0, await(pair.loop.sockSendFile(pair.client, file, data.length)));
            }
        });
    }

    @Test
    void anInterruptedThreadDoesNotCloseTheFileThatIsSent(@TempDir Path folder) {
        onPair(pair -> {
            Path path = Files.write(folder.resolve("data"), new byte[100]);
            try (FileChannel file = FileChannel.open(path)) {
                Thread.currentThread().interrupt();
                assertEquals(100, await(pair.loop.sockSendFile(pair.client, file, 0)));
                assertTrue(Thread.interrupted());
                assertEquals(100, file.position());
            }
        });
    }

    @Test
    void datagramsCarryTheirSender() {
        Runs.real(() -> {
            EventLoop loop = getRunningLoop();
            try (DatagramChannel a = datagrams();
                    DatagramChannel b = datagrams()) {
                Task<Datagram> receiving = createTask(() -> await(loop.sockRecvFrom(b, 100)));
                await(sleep(Duration.ZERO));
                assertEquals(4, await(loop.sockSendTo(a, "ping".getBytes(), b.getLocalAddress())));
                Datagram ping = await(receiving);
                assertEquals("ping", new String(ping.data()));
                assertEquals(a.getLocalAddress(), ping.address());

                assertEquals(0, await(loop.sockSendTo(b, new byte[0], ping.address())));
                assertEquals(0, await(loop.sockRecvFrom(a, 100)).data().length);

                await(loop.sockSendTo(b, "pong".getBytes(), ping.address()));
                ByteBuffer buffer = ByteBuffer.allocate(2);
                assertEquals(b.getLocalAddress(), await(loop.sockRecvFromInto(a, buffer)));
                assertEquals("po", new String(buffer.array()));
            }
        });
    }

    private static DatagramChannel datagrams() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        return channel;
    }

    @Test
    void aRefusedConnectionNamesTheAddress() {
        Runs.real(() -> {
            int port;
            try (ServerSocketChannel listener = listener()) {
                port = listener.socket().getLocalPort();
            }
            try (SocketChannel channel = SocketChannel.open()) {
                channel.configureBlocking(false);
                ConnectException refused = assertThrows(
                        ConnectException.class,
                        () -> await(getRunningLoop().sockConnect(channel, new InetSocketAddress("127.0.0.1", port))));
                assertEquals("cannot connect to 127.0.0.1:" + port + ": Connection refused", refused.getMessage());
            }
        });
    }

    /** A directory may be opened as a file, and not be read. */
    @Test
    void aFileThatCannotBeReadIsNoBrokenConnection(@TempDir Path folder) {
        onPair(pair -> {
            Files.createFile(folder.resolve("entry"));
            try (FileChannel file = FileChannel.open(folder)) {
                IOException failure =
                        assertThrows(IOException.class, () -> await(pair.loop.sockSendFile(pair.client, file, 0)));
                assertEquals("Is a directory", failure.getMessage());
            }
            await(pair.loop.sockSendAll(pair.client, "x".getBytes()));
            assertEquals("x", new String(await(pair.loop.sockRecv(pair.server, 10))));
        });
    }

    @Test
    void aConnectionThatBreaksWhileAFileIsSentNamesThePeer(@TempDir Path folder) {
        onPair(pair -> {
            int port = ((InetSocketAddress) pair.client.getRemoteAddress()).getPort();
            Path path = Files.write(folder.resolve("data"), new byte[8 << 20]);
            try (FileChannel file = FileChannel.open(path)) {
                Task<Long> sending = createTask(() -> await(pair.loop.sockSendFile(pair.client, file, 0)));
                await(sleep(Duration.ZERO));
                pair.server.setOption(StandardSocketOptions.SO_LINGER, 0);
                pair.server.close();
                assertBreaks(port, () -> await(sending));
            }
        });
    }

    @Test
    void aBrokenConnectionNamesThePeer() {
        onPair(pair -> {
            int port = ((InetSocketAddress) pair.client.getRemoteAddress()).getPort();
            pair.server.setOption(StandardSocketOptions.SO_LINGER, 0);
            pair.server.close();
            assertBreaks(port, () -> await(pair.loop.sockRecv(pair.client, 1)));
            assertBreaks(port, () -> await(pair.loop.sockSendAll(pair.client, new byte[1])));
            pair.client.close();
            assertThrows(ClosedChannelException.class, () -> await(pair.loop.sockRecv(pair.client, 1)));
        });
    }

    private static void assertBreaks(int port, Executable call) {
        String message = assertThrows(SocketException.class, call).getMessage();
        assertTrue(message.matches("connection with .+:" + port + " failed: .+"), message);
    }

    @Test
    void aConnectThatWasLeftPendingIsTakenUpAgain() {
        Runs.real(() -> {
            EventLoop loop = getRunningLoop();
            try (ServerSocketChannel listener = listener();
                    SocketChannel channel = SocketChannel.open()) {
                channel.configureBlocking(false);
                assertFalse(channel.connect(listener.getLocalAddress())); // as a sockConnect that was cancelled
                await(loop.sockConnect(channel, listener.getLocalAddress()));
                assertTrue(channel.isConnected());
            }
        });
    }

    @Test
    void anUnknownHostIsNamed() {
        Runs.real(() -> {
            try (SocketChannel channel = SocketChannel.open()) {
                channel.configureBlocking(false);
                InetSocketAddress nowhere = InetSocketAddress.createUnresolved("no-such-host.invalid", 80);
                UnknownHostException unknown = assertThrows(
                        UnknownHostException.class, () -> await(getRunningLoop().sockConnect(channel, nowhere)));
                assertEquals("unknown host: no-such-host.invalid:80", unknown.getMessage());
            }
        });
    }

    @Test
    void badUseIsRefused() {
        onPair(pair -> {
            pair.client.configureBlocking(true);
            assertThrows(IllegalArgumentException.class, () -> await(pair.loop.sockRecv(pair.client, 1)));
            assertThrows(IllegalArgumentException.class, () -> pair.loop.sockRecv(pair.server, -1));
            EventLoop other = Asyncio.newEventLoop();
            IllegalStateException wrongLoop =
                    assertThrows(IllegalStateException.class, () -> await(other.sockRecv(pair.server, 1)));
            assertTrue(wrongLoop.getMessage().contains("awaited on another loop"), wrongLoop::getMessage);
            other.close();
        });
        VirtualTimeLoop virtual = new VirtualTimeLoop();
        assertThrows(
                UnsupportedOperationException.class,
                () -> virtual.runUntilComplete(() -> {
                    try (SocketChannel channel = SocketChannel.open()) {
                        channel.configureBlocking(false);
                        await(virtual.sockRecv(channel, 1));
                    }
                }));
        virtual.close();
    }
}
