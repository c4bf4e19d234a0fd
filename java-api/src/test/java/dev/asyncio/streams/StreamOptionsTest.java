package dev.asyncio.streams;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.IncompleteReadException;
import dev.asyncio.LimitOverrunException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** The values that go into and come out of streams. */
class StreamOptionsTest {
    @Test
    void connectionOptionsHaveAsynciosDefaultsAndKeepWhatIsSet() throws Exception {
        ConnectionOptions none = ConnectionOptions.DEFAULT;
        assertNull(none.tls());
        assertNull(none.localAddress());
        assertNull(none.happyEyeballsDelay());
        assertEquals(0, none.interleave());
        assertFalse(none.allErrors());
        assertEquals(65536, none.limit());

        InetSocketAddress local = InetSocketAddress.createUnresolved("here", 1);
        SSLContext context = SSLContext.getDefault();
        ConnectionOptions all = none.withSsl(context)
                .withLocalAddress(local)
                .withHappyEyeballsDelay(Duration.ofMillis(250))
                .withInterleave(2)
                .withAllErrors(true)
                .withLimit(10);
        assertSame(context, all.tls().context());
        assertSame(local, all.localAddress());
        assertEquals(Duration.ofMillis(250), all.happyEyeballsDelay());
        assertEquals(2, all.interleave());
        assertTrue(all.allErrors());
        assertEquals(10, all.limit());
        assertTrue(all.toString().contains("limit=10"), all::toString);
        assertNull(none.tls());
        assertThrows(IllegalArgumentException.class, () -> none.withLimit(0));
        assertThrows(IllegalArgumentException.class, () -> none.withInterleave(-1));
    }

    @Test
    void serverOptionsHaveAsynciosDefaultsAndKeepWhatIsSet() throws Exception {
        ServerOptions none = ServerOptions.DEFAULT;
        assertNull(none.tls());
        assertEquals(100, none.backlog());
        assertNull(none.reuseAddress());
        assertFalse(none.reusePort());
        assertTrue(none.startServing());
        assertTrue(none.cleanupSocket());
        assertEquals(65536, none.limit());

        SSLContext context = SSLContext.getDefault();
        ServerOptions all = none.withSsl(context)
                .withBacklog(5)
                .withReuseAddress(false)
                .withReusePort(true)
                .withStartServing(false)
                .withCleanupSocket(false)
                .withLimit(10);
        assertSame(context, all.tls().context());
        assertEquals(5, all.backlog());
        assertEquals(false, all.reuseAddress());
        assertTrue(all.reusePort());
        assertFalse(all.startServing());
        assertFalse(all.cleanupSocket());
        assertEquals(10, all.limit());
        assertThrows(IllegalArgumentException.class, () -> none.withBacklog(0));
        assertThrows(IllegalArgumentException.class, () -> none.withLimit(-1));
    }

    @Test
    void tlsOptionsHaveAsynciosDefaultsAndKeepWhatIsSet() throws Exception {
        TlsOptions none = TlsOptions.of(SSLContext.getDefault());
        assertNull(none.serverHostname());
        assertEquals(Duration.ofSeconds(60), none.handshakeTimeout());
        assertEquals(Duration.ofSeconds(30), none.shutdownTimeout());
        assertEquals(List.of(), none.alpn());
        assertFalse(none.needClientAuth());
        assertNull(none.parameters());

        TlsOptions all = none.withServerHostname("host")
                .withHandshakeTimeout(Duration.ofSeconds(1))
                .withShutdownTimeout(Duration.ofSeconds(2))
                .withAlpn("h2", "http/1.1")
                .withNeedClientAuth(true)
                .withParameters(parameters -> {});
        assertEquals("host", all.serverHostname());
        assertEquals(Duration.ofSeconds(1), all.handshakeTimeout());
        assertEquals(Duration.ofSeconds(2), all.shutdownTimeout());
        assertEquals(List.of("h2", "http/1.1"), all.alpn());
        assertTrue(all.needClientAuth());
        assertTrue(all.parameters() != null);
        assertThrows(IllegalArgumentException.class, () -> none.withHandshakeTimeout(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> none.withShutdownTimeout(Duration.ofSeconds(-1)));
    }

    @Test
    void datagramOptionsKeepWhatIsSet() {
        assertFalse(DatagramOptions.DEFAULT.reusePort());
        assertFalse(DatagramOptions.DEFAULT.allowBroadcast());
        DatagramOptions both = DatagramOptions.DEFAULT.withReusePort(true).withAllowBroadcast(true);
        assertTrue(both.reusePort());
        assertTrue(both.allowBroadcast());
    }

    @Test
    void bufferLimitsAreTheRightWayRound() {
        assertEquals(new BufferLimits(1, 2), new BufferLimits(1, 2));
        assertEquals(new BufferLimits(1, 2).hashCode(), new BufferLimits(1, 2).hashCode());
        assertEquals("BufferLimits[low=1, high=2]", new BufferLimits(1, 2).toString());
        assertThrows(IllegalArgumentException.class, () -> new BufferLimits(3, 2));
        assertThrows(IllegalArgumentException.class, () -> new BufferLimits(-1, 2));
    }

    @Test
    void aProtocolMayTakeArraysOnly() {
        List<String> log = new ArrayList<>();
        Protocol protocol = new Protocol() {
            @Override
            public void dataReceived(byte[] data) {
                log.add(new String(data));
            }
        };
        protocol.dataReceived(ByteBuffer.wrap("xabcx".getBytes(), 1, 3));
        assertEquals(List.of("abc"), log);
        assertFalse(protocol.eofReceived());
    }

    @Test
    void exceptionsHoldWhatWasRead() {
        IncompleteReadException known = new IncompleteReadException(new byte[] {1}, 2);
        assertEquals("1 bytes read on a total of 2 expected bytes", known.getMessage());
        assertArrayEquals(new byte[] {1}, known.partial());
        assertEquals(2, known.expected());
        assertNull(new IncompleteReadException(new byte[0], null).expected());
        assertEquals(7, new LimitOverrunException("too long", 7).consumed());
    }

    @Test
    void portsAndRangesOfFilesAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> Streams.openConnection("host", 65536));
        assertThrows(IllegalArgumentException.class, () -> Streams.openConnection("host", -1));
        assertThrows(IllegalArgumentException.class, () -> FileRanges.check(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> FileRanges.check(0, 0));
    }
}
