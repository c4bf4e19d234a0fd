package dev.asyncio.streams;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.streams.Link.onLink;
import static dev.asyncio.streams.Link.settle;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.EventLoop;
import dev.asyncio.Task;
import dev.asyncio.support.AsyncioLog;
import dev.asyncio.support.Runs;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transports of streams and what they tell their protocols. The peer is a bare channel. */
class TransportTest {
    @Test
    void callsComeInOrder() {
        onLink(link -> {
            assertEquals(List.of("made"), link.protocol.log);
            assertSame(link.transport, link.protocol.transport);
            link.send("hello");
            link.peer.shutdownOutput();
            assertNull(await(link.protocol.lost));
            assertEquals(List.of("made", "data hello", "eof", "lost"), link.protocol.log);
            assertTrue(link.isAtEnd());
            assertTrue(link.transport.isClosing());
        });
    }

    @Test
    void aProtocolMayKeepItsSideOpenAtTheEnd() {
        onLink(link -> {
            link.protocol.staysOpenAtEof = true;
            link.peer.shutdownOutput();
            settle();
            assertEquals(List.of("made", "eof"), link.protocol.log);
            link.transport.pauseReading();
            link.transport.resumeReading();
            link.transport.write("still here".getBytes());
            assertEquals("still here", new String(link.receive(10)));
            settle();
            assertEquals(List.of("made", "eof"), link.protocol.log);
            link.transport.close();
            assertNull(await(link.protocol.lost));
        });
    }

    @Test
    void whatIsWrittenArrivesInOrder() {
        onLink(link -> {
            byte[] data = new byte[1 << 20];
            new Random(4).nextBytes(data);
            byte[] reused = new byte[1 << 16];
            for (int at = 0; at < data.length; at += reused.length) {
                System.arraycopy(data, at, reused, 0, reused.length);
                if (at % 2 == 0) {
                    link.transport.write(reused);
                } else {
                    link.transport.writeLines(List.of(reused, new byte[0]));
                }
                java.util.Arrays.fill(reused, (byte) 0); // what was written is a copy
            }
            assertTrue(link.transport.getWriteBufferSize() > 0);
            link.transport.close();
            assertTrue(link.transport.isClosing());
            assertArrayEquals(data, link.receive(data.length));
            assertTrue(link.isAtEnd());
            assertNull(await(link.protocol.lost));
            assertEquals(0, link.transport.getWriteBufferSize());
        });
    }

    @Test
    void waterMarksPauseAndResumeOnce() {
        onLink(link -> {
            assertEquals(new BufferLimits(16384, 65536), link.transport.getWriteBufferLimits());
            int written = 0;
            while (!link.protocol.log.contains("pause")) {
                link.transport.write(new byte[10_000]);
                written += 10_000;
            }
            int size = link.transport.getWriteBufferSize();
            assertTrue(size > 65536 && size <= 75536, () -> "paused at " + size);
            link.transport.write(new byte[10_000]); // kept all the same
            written += 10_000;
            assertEquals(List.of("made", "pause"), link.protocol.log);
            assertEquals(written, link.receive(written).length);
            settle();
            assertEquals(List.of("made", "pause", "resume"), link.protocol.log);
            assertEquals(0, link.transport.getWriteBufferSize());
        });
    }

    @Test
    void waterMarksAreSet() {
        onLink(link -> {
            Transport transport = link.transport;
            transport.setWriteBufferLimits(1000, null);
            assertEquals(new BufferLimits(250, 1000), transport.getWriteBufferLimits());
            transport.setWriteBufferLimits(null, 1000);
            assertEquals(new BufferLimits(1000, 4000), transport.getWriteBufferLimits());
            transport.setWriteBufferLimits(null, null);
            assertEquals(new BufferLimits(16384, 65536), transport.getWriteBufferLimits());
            transport.setWriteBufferLimits(0, 0);
            assertEquals(new BufferLimits(0, 0), transport.getWriteBufferLimits());
            assertThrows(IllegalArgumentException.class, () -> transport.setWriteBufferLimits(1, 2));
            assertThrows(IllegalArgumentException.class, () -> transport.setWriteBufferLimits(-1, null));
        });
    }

    @Test
    void readingPausesAndResumes() {
        onLink(link -> {
            assertTrue(link.transport.isReading());
            link.transport.pauseReading();
            link.transport.pauseReading();
            assertFalse(link.transport.isReading());
            link.send("later");
            settle();
            assertEquals(List.of("made"), link.protocol.log);
            link.transport.resumeReading();
            link.transport.resumeReading();
            assertTrue(link.transport.isReading());
            settle();
            assertEquals(List.of("made", "data later"), link.protocol.log);
            link.transport.close();
            assertFalse(link.transport.isReading());
            link.transport.resumeReading();
        });
    }

    @Test
    void pausingInsideConnectionMadePreventsTheFirstRead() {
        Runs.real(() -> {
            try (Link<RecordingProtocol> link = new Link<>(() -> new RecordingProtocol() {
                @Override
                public void connectionMade(Transport transport) {
                    super.connectionMade(transport);
                    transport.pauseReading();
                }
            })) {
                link.send("hello");
                settle();
                assertEquals(List.of("made"), link.protocol.log);
            }
        });
    }

    @Test
    void writeEofEndsOneDirection() {
        onLink(link -> {
            assertTrue(link.transport.canWriteEof());
            link.transport.write(new byte[500_000]);
            link.transport.writeEof();
            link.transport.writeEof();
            assertThrows(IllegalStateException.class, () -> link.transport.write(new byte[1]));
            assertEquals(500_000, link.receive(500_000).length);
            assertTrue(link.isAtEnd());
            link.send("still here");
            settle();
            assertEquals("data still here", link.protocol.log.get(link.protocol.log.size() - 1));
        });
    }

    @Test
    void abortDropsWhatIsNotSentAndLosesOnce() {
        onLink(link -> {
            link.transport.write(new byte[10_000_000]);
            link.transport.close();
            link.transport.abort();
            link.transport.abort();
            assertEquals(0, link.transport.getWriteBufferSize());
            assertEquals(List.of("made", "pause"), link.protocol.log); // being lost is told in a handle of its own
            assertNull(await(link.protocol.lost));
            settle();
            assertEquals(List.of("made", "pause", "lost"), link.protocol.log);
        });
    }

    @Test
    void aResetIsToldAsAnException() {
        onLink(link -> {
            link.peer.setOption(StandardSocketOptions.SO_LINGER, 0);
            link.peer.close();
            IOException reset = assertInstanceOf(IOException.class, await(link.protocol.lost));
            assertTrue(reset.getMessage().contains("reset"), reset::getMessage);
            link.transport.write(new byte[1]);
            assertEquals(2, link.protocol.log.size());
        });
    }

    @Test
    void whatAConnectionBreaksWithNamesThePeer() {
        onLink(link -> {
            InetSocketAddress address = link.transport.getExtraInfo("peername", InetSocketAddress.class);
            link.transport.pauseReading(); // so that the write is what fails
            link.peer.setOption(StandardSocketOptions.SO_LINGER, 0);
            link.peer.close();
            link.transport.write(new byte[1]);
            SocketException broken = assertInstanceOf(SocketException.class, await(link.protocol.lost));
            String peer = address.getAddress().getHostAddress() + ":" + address.getPort();
            assertTrue(broken.getMessage().startsWith("connection with " + peer + " failed: "), broken::getMessage);
            assertTrue(broken.getMessage().endsWith(broken.getCause().getMessage()), broken::getMessage);
        });
    }

    @Test
    void lateWritesAreDroppedWithAWarning() {
        onLink(link -> {
            link.transport.abort();
            await(link.protocol.lost);
            for (int i = 0; i < 4; i++) {
                link.transport.write(new byte[1]);
            }
            assertEquals(0, AsyncioLog.size());
            link.transport.write(new byte[1]);
            AsyncioLog.expect("is lost: what is written is dropped");
        });
    }

    @Test
    void extraInfoTellsOfTheSocket() {
        onLink(link -> {
            assertEquals(link.peer.getRemoteAddress(), link.transport.getExtraInfo("sockname"));
            assertEquals(link.peer.getLocalAddress(), link.transport.getExtraInfo("peername", InetSocketAddress.class));
            SocketChannel channel = link.transport.getExtraInfo("socket", SocketChannel.class);
            assertEquals(true, channel.getOption(StandardSocketOptions.TCP_NODELAY));
            assertNull(link.transport.getExtraInfo("sslcontext"));
            assertNull(link.transport.getExtraInfo("nonsense"));
            IllegalStateException used =
                    assertThrows(IllegalStateException.class, () -> link.loop.addReader(channel, () -> {}));
            assertTrue(used.getMessage().contains("is used by <SocketTransport"), used::getMessage);
            assertThrows(IllegalStateException.class, () -> await(link.loop.sockRecv(channel, 1)));
        });
    }

    @Test
    void aChannelInUseIsRefusedAndItsTransportGoesOn() {
        onLink(link -> {
            SocketChannel channel = link.transport.getExtraInfo("socket", SocketChannel.class);
            IllegalStateException used = assertThrows(
                    IllegalStateException.class,
                    () -> await(
                            link.loop.createConnection(RecordingProtocol::new, channel, ConnectionOptions.DEFAULT)));
            assertTrue(used.getMessage().contains("is used by <SocketTransport"), used::getMessage);
            assertTrue(channel.isOpen());
            link.transport.close();
            assertNull(await(link.protocol.lost));
            assertTrue(link.isAtEnd());
        });
    }

    @Test
    void filesAreSentBetweenWrites(@TempDir Path folder) {
        onLink(link -> {
            byte[] data = new byte[2 << 20];
            new Random(5).nextBytes(data);
            Path path = Files.write(folder.resolve("data"), data);
            try (FileChannel file = FileChannel.open(path)) {
                link.transport.write(new byte[300_000]);
                Task<Long> sending = createTask(() -> await(link.loop.sendfile(link.transport, file)));
                await(sleep(Duration.ZERO));
                assertFalse(link.transport.isReading());
                assertThrows(IllegalStateException.class, () -> link.transport.write(new byte[1]));
                assertEquals(300_000, link.receive(300_000).length);
                assertArrayEquals(data, link.receive(data.length));
                assertEquals(data.length, await(sending));
                assertEquals(data.length, file.position());
                assertTrue(link.transport.isReading());
                link.transport.write("after".getBytes());
                assertEquals("after", new String(link.receive(5)));
                assertThrows(IllegalArgumentException.class, () -> link.loop.sendfile(link.transport, file, -1, 1));
                link.transport.close();
                assertThrows(IllegalStateException.class, () -> await(link.loop.sendfile(link.transport, file)));
            }
        });
    }

    @Test
    void aFileThatCannotBeReadIsNoBrokenConnection(@TempDir Path folder) {
        onLink(link -> {
            Files.createFile(folder.resolve("entry"));
            try (FileChannel file = FileChannel.open(folder)) {
                IOException failure =
                        assertThrows(IOException.class, () -> await(link.loop.sendfile(link.transport, file)));
                assertEquals("Is a directory", failure.getMessage());
            }
            link.transport.write("after".getBytes());
            assertEquals("after", new String(link.receive(5)));
        });
    }

    @Test
    void anInterruptedThreadDoesNotCloseTheFileThatIsSent(@TempDir Path folder) {
        onLink(link -> {
            Path path = Files.write(folder.resolve("data"), new byte[100]);
            try (FileChannel file = FileChannel.open(path)) {
                Thread.currentThread().interrupt();
                assertEquals(100, await(link.loop.sendfile(link.transport, file)));
                assertTrue(Thread.interrupted());
                assertEquals(100, file.position());
            }
        });
    }

    @Test
    void aLoopThatIsClosedClosesItsTransports() throws IOException {
        EventLoop loop = dev.asyncio.Asyncio.newEventLoop();
        SocketChannel[] channels = new SocketChannel[2];
        loop.runUntilComplete(() -> {
            Link<RecordingProtocol> link = new Link<>(RecordingProtocol::new);
            channels[0] = link.peer;
            channels[1] = link.transport.getExtraInfo("socket", SocketChannel.class);
        });
        loop.close();
        assertFalse(channels[1].isOpen());
        channels[0].close();
    }

    @Test
    void debugModeTellsOfTransportsThatNobodyClosed() throws IOException {
        try (ServerSocket server = new ServerSocket(0)) {
            Asyncio.run(
                    () -> {
                        for (boolean closed : new boolean[] {true, false}) {
                            RecordingProtocol protocol = await(getRunningLoop()
                                            .createConnection(
                                                    RecordingProtocol::new, "127.0.0.1", server.getLocalPort()))
                                    .protocol();
                            if (closed) {
                                protocol.transport.close();
                                await(protocol.lost);
                            }
                        }
                    },
                    Runs.onRealTime().withDebug(true));
            String message = AsyncioLog.messageOf(AsyncioLog.expect("unclosed transport <SocketTransport"));
            assertTrue(message.contains(":" + server.getLocalPort() + " "), message);
            assertEquals(0, AsyncioLog.size());
        }
    }
}
