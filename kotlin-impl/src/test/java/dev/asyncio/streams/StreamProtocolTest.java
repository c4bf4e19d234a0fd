package dev.asyncio.streams;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.streams.Link.onLink;
import static dev.asyncio.streams.Link.settle;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Future;
import dev.asyncio.support.Runs;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The protocols of a stream's transport: their kinds, what they throw, and another one in between. */
class StreamProtocolTest {
    @Test
    void theDirectFormOfDataIsReadOnly() {
        List<String> log = new ArrayList<>();
        Protocol direct = new Protocol() {
            @Override
            public void dataReceived(ByteBuffer data) {
                log.add(data.isReadOnly() + " " + data.remaining());
            }
        };
        Runs.real(() -> {
            try (Link<Protocol> link = new Link<>(() -> direct)) {
                link.send("hello");
                settle();
            }
        });
        assertEquals(List.of("true 5"), log);
    }

    @Test
    void aBufferedProtocolIsFilled() {
        List<String> log = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.allocate(3);
        BufferedProtocol buffered = new BufferedProtocol() {
            @Override
            public ByteBuffer getBuffer(int sizeHint) {
                assertEquals(-1, sizeHint);
                buffer.clear();
                return buffer;
            }

            @Override
            public void bufferUpdated(int count) {
                log.add(new String(buffer.array(), 0, count));
            }
        };
        Runs.real(() -> {
            try (Link<BufferedProtocol> link = new Link<>(() -> buffered)) {
                link.send("abcdefg");
                settle();
            }
        });
        assertEquals(List.of("abc", "def", "g"), log);
    }

    @Test
    void anEmptyBufferIsAnError() {
        Runs.real(() -> {
            List<String> reports = new ArrayList<>();
            getRunningLoop()
                    .setExceptionHandler(
                            (l, report) -> reports.add(report.exception().getMessage()));
            BufferedProtocol empty = new BufferedProtocol() {
                @Override
                public ByteBuffer getBuffer(int sizeHint) {
                    return ByteBuffer.allocate(0);
                }

                @Override
                public void bufferUpdated(int count) {
                    throw new AssertionError("nothing can have arrived");
                }
            };
            try (Link<BufferedProtocol> link = new Link<>(() -> empty)) {
                link.send("x");
                settle();
                assertTrue(link.transport.isClosing());
                assertEquals(List.of("getBuffer() returned an empty buffer"), reports);
            }
        });
    }

    @Test
    void aBufferThatCannotBeReadIntoIsAnError() {
        Runs.real(() -> {
            List<String> reports = new ArrayList<>();
            getRunningLoop().setExceptionHandler((l, report) -> reports.add(report.message()));
            Future<Throwable> lost = getRunningLoop().createFuture();
            BufferedProtocol readOnly = new BufferedProtocol() {
                @Override
                public ByteBuffer getBuffer(int sizeHint) {
                    return ByteBuffer.allocate(100).asReadOnlyBuffer();
                }

                @Override
                public void bufferUpdated(int count) {
                    throw new AssertionError("nothing can have arrived");
                }

                @Override
                public void connectionLost(@Nullable Throwable exception) {
                    lost.setResult(exception);
                }
            };
            try (Link<BufferedProtocol> link = new Link<>(() -> readOnly)) {
                link.send("x");
                assertInstanceOf(IllegalArgumentException.class, await(lost));
                assertEquals(List.of("Fatal read error on socket transport"), reports);
            }
        });
    }

    /** Filled with what the loop's exception handler is told from now on, each with its exception. */
    private static List<String> reportsOfRunningLoop() {
        List<String> reports = new ArrayList<>();
        getRunningLoop()
                .setExceptionHandler((l, report) ->
                        reports.add(report.message() + " " + report.exception().getMessage()));
        return reports;
    }

    @Test
    void anExceptionOfDataReceivedClosesTheConnection() {
        Runs.real(() -> {
            List<String> reports = reportsOfRunningLoop();
            try (Link<RecordingProtocol> link = new Link<>(() -> new RecordingProtocol() {
                @Override
                public void dataReceived(byte[] data) {
                    throw new IllegalStateException("oops");
                }
            })) {
                link.send("x");
                assertEquals("oops", await(link.protocol.lost).getMessage());
                assertEquals(List.of("Fatal error: protocol.dataReceived() call failed. oops"), reports);
            }
        });
    }

    @Test
    void anExceptionOfPauseWritingIsReportedOnly() {
        Runs.real(() -> {
            List<String> reports = reportsOfRunningLoop();
            try (Link<RecordingProtocol> link = new Link<>(() -> new RecordingProtocol() {
                @Override
                public void pauseWriting() {
                    throw new IllegalStateException("oops");
                }
            })) {
                link.transport.write(new byte[10_000_000]);
                assertEquals(List.of("protocol.pauseWriting() failed oops"), reports);
                assertFalse(link.transport.isClosing());
            }
        });
    }

    @Test
    void aProtocolThatCannotReadIsRefused() {
        Runs.real(() -> {
            try (ServerSocketChannel listener = ServerSocketChannel.open()) {
                listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel channel = SocketChannel.open(listener.getLocalAddress());
                IllegalArgumentException refused = assertThrows(
                        IllegalArgumentException.class,
                        () -> await(getRunningLoop()
                                .createConnection(() -> new StreamProtocol() {}, channel, ConnectionOptions.DEFAULT)));
                assertTrue(refused.getMessage().startsWith("a stream's protocol is wanted"), refused::getMessage);
                assertFalse(channel.isOpen());
            }
        });
    }

    @Test
    void anotherProtocolTakesOver() {
        onLink(link -> {
            RecordingProtocol next = new RecordingProtocol();
            link.transport.setProtocol(next);
            assertSame(next, link.transport.getProtocol());
            link.send("hello");
            settle();
            assertEquals(List.of("data hello"), next.log);
            assertEquals(List.of("made"), link.protocol.log);
            assertThrows(IllegalArgumentException.class, () -> link.transport.setProtocol(new DatagramProtocol() {}));
        });
    }
}
