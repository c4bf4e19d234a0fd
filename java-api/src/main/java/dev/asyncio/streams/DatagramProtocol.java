package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;
import java.io.IOException;
import java.net.SocketAddress;

/** Gets datagrams; asyncio's {@code DatagramProtocol}. */
@NotOnAndroid
public interface DatagramProtocol extends BaseProtocol {
    /**
     * The endpoint is open; the first call; asyncio's {@code connection_made}.
     *
     * @param transport for sending and for closing
     */
    default void connectionMade(DatagramTransport transport) {}

    /**
     * A datagram has arrived; asyncio's {@code datagram_received}.
     *
     * @param data its bytes, none perhaps
     * @param address who sent it
     */
    default void datagramReceived(byte[] data, SocketAddress address) {}

    /**
     * Sending or receiving has failed, and the endpoint stays open; asyncio's {@code error_received}.
     *
     * @param exception such as {@link java.net.PortUnreachableException}
     */
    default void errorReceived(IOException exception) {}
}
