package dev.asyncio.streams;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.getRunningLoop;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.EventLoop;
import dev.asyncio.Future;
import dev.asyncio.queues.Queue;
import dev.asyncio.support.AsyncioLog;
import dev.asyncio.support.Runs;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Endpoints for datagrams. */
class DatagramsTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);

    private static class Recording implements DatagramProtocol {
        final Queue<Datagram> received = new Queue<>();
        final Queue<IOException> errors = new Queue<>();
        final Future<Throwable> lost = getRunningLoop().createFuture();
        DatagramTransport transport;

        @Override
        public void connectionMade(DatagramTransport transport) {
            this.transport = transport;
        }

        @Override
        public void datagramReceived(byte[] data, SocketAddress address) {
            received.putNowait(new Datagram(data, address));
        }

        @Override
        public void errorReceived(IOException exception) {
            errors.putNowait(exception);
        }

        @Override
        public void connectionLost(@Nullable Throwable exception) {
            lost.setResult(exception);
        }
    }

    private static Recording open(@Nullable InetSocketAddress local, @Nullable InetSocketAddress remote) {
        Endpoint<DatagramTransport, Recording> made =
                await(getRunningLoop().createDatagramEndpoint(Recording::new, local, remote));
        assertEquals(made.transport(), made.protocol().transport);
        return made.protocol();
    }

    private static InetSocketAddress addressOf(Recording end) {
        return end.transport.getExtraInfo("sockname", InetSocketAddress.class);
    }

    private static void close(Recording... ends) {
        for (Recording end : ends) {
            end.transport.close();
            assertNull(await(end.lost));
        }
    }

    @Test
    void datagramsGoBothWays() {
        Runs.real(() -> {
            Recording server = open(ANY_PORT, null);
            Recording client = open(null, addressOf(server));
            assertEquals(addressOf(server), client.transport.getExtraInfo("peername"));
            client.transport.sendTo("ping".getBytes());
            Datagram ping = await(server.received.get());
            assertEquals("ping", new String(ping.data()));
            server.transport.sendTo("pong".getBytes(), ping.address());
            Datagram pong = await(client.received.get());
            assertEquals("pong", new String(pong.data()));
            assertEquals(addressOf(server), pong.address());
            assertThrows(UnsupportedOperationException.class, () -> client.transport.sendTo(new byte[0]));
            server.transport.sendTo(new byte[0], ping.address());
            assertEquals(0, await(client.received.get()).data().length);
            close(server, client);
        });
    }

    @Test
    void theTargetOfAConnectedEndpointCannotBeChanged() {
        Runs.real(() -> {
            Recording server = open(ANY_PORT, null);
            Recording client = open(null, addressOf(server));
            IllegalArgumentException other = assertThrows(
                    IllegalArgumentException.class, () -> client.transport.sendTo(new byte[1], addressOf(client)));
            assertEquals(
                    "Invalid address: must be null or 127.0.0.1:"
                            + addressOf(server).getPort(),
                    other.getMessage());
            assertThrows(IllegalArgumentException.class, () -> server.transport.sendTo(new byte[1]));
            close(server, client);
        });
    }

    @Test
    void anAddressThatIsOfNoUseIsNamed() {
        Runs.real(() -> {
            Recording end = open(ANY_PORT, null);
            InetSocketAddress unresolved = InetSocketAddress.createUnresolved("somewhere", 80);
            InetSocketAddress version6 = new InetSocketAddress("::1", 80);
            assertEquals(
                    "cannot send to somewhere:80: the name is not resolved",
                    assertThrows(IllegalArgumentException.class, () -> end.transport.sendTo(new byte[1], unresolved))
                            .getMessage());
            assertEquals(
                    "cannot send to [0:0:0:0:0:0:0:1]:80: the socket is of another family",
                    assertThrows(IllegalArgumentException.class, () -> end.transport.sendTo(new byte[1], version6))
                            .getMessage());
            assertEquals(0, end.transport.getWriteBufferSize());
            close(end);
        });
    }

    @Test
    void anUnreachablePortIsAnErrorThatLeavesTheEndpointOpen() {
        Runs.real(() -> {
            Recording gone = open(ANY_PORT, null);
            InetSocketAddress address = addressOf(gone);
            close(gone);
            Recording client = open(null, address);
            client.transport.sendTo("anybody there?".getBytes());
            assertInstanceOf(PortUnreachableException.class, await(client.errors.get()));
            Recording back = open(address, null);
            client.transport.sendTo("again".getBytes());
            assertEquals("again", new String(await(back.received.get()).data()));
            close(client, back);
        });
    }

    @Test
    void whatIsSentThroughAClosedEndpointIsDroppedWithAWarning() {
        Runs.real(() -> {
            Recording server = open(ANY_PORT, null);
            Recording client = open(null, addressOf(server));
            InetSocketAddress address = addressOf(server);
            close(client, server);
            for (int i = 0; i < 4; i++) {
                client.transport.sendTo(new byte[1]);
                server.transport.sendTo(new byte[1], address);
            }
            assertEquals(0, AsyncioLog.size());
            client.transport.sendTo(new byte[1]);
            AsyncioLog.expect("is lost: what is written is dropped");
            server.transport.sendTo(new byte[1], address);
            AsyncioLog.expect("is lost: what is written is dropped");
            assertTrue(client.errors.empty() && server.errors.empty());
        });
    }

    @Test
    void aTooLargeDatagramIsAnError() {
        Runs.real(() -> {
            Recording server = open(ANY_PORT, null);
            Recording client = open(null, addressOf(server));
            client.transport.sendTo(new byte[100_000]);
            assertTrue(await(client.errors.get()).getMessage().contains("too long"));
            close(server, client);
        });
    }

    @Test
    void aChannelIsTakenOver() throws Exception {
        Runs.real(() -> {
            EventLoop loop = getRunningLoop();
            DatagramChannel channel = DatagramChannel.open().bind(ANY_PORT);
            Endpoint<DatagramTransport, Recording> made = await(loop.createDatagramEndpoint(Recording::new, channel));
            Recording client = open(null, (InetSocketAddress) channel.getLocalAddress());
            client.transport.sendTo("hello".getBytes());
            assertEquals(
                    "hello", new String(await(made.protocol().received.get()).data()));
            close(client, made.protocol());
            assertTrue(!channel.isOpen());
        });
    }

    @Test
    void aChannelInUseIsRefusedAndItsEndpointGoesOn() {
        Runs.real(() -> {
            Recording server = open(ANY_PORT, null);
            DatagramChannel channel = server.transport.getExtraInfo("socket", DatagramChannel.class);
            IllegalStateException used = assertThrows(
                    IllegalStateException.class,
                    () -> await(getRunningLoop().createDatagramEndpoint(Recording::new, channel)));
            assertTrue(used.getMessage().contains("is used by <DatagramTransport"), used::getMessage);
            assertTrue(channel.isOpen());
            Recording client = open(null, addressOf(server));
            client.transport.sendTo("hello".getBytes());
            assertEquals("hello", new String(await(server.received.get()).data()));
            close(client, server);
        });
    }

    @Test
    void aPortInUseIsNamed() {
        Runs.real(() -> {
            Recording first = open(ANY_PORT, null);
            int port = addressOf(first).getPort();
            BindException inUse = assertThrows(BindException.class, () -> open(addressOf(first), null));
            assertEquals(
                    "error while attempting to bind on address 127.0.0.1:" + port + ": Address already in use",
                    inUse.getMessage());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> getRunningLoop().createDatagramEndpoint(Recording::new, null, null));
            first.transport.abort();
            first.transport.abort();
            assertNull(await(first.lost));
        });
    }
}
