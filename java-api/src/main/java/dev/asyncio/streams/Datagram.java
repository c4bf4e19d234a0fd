package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;
import java.net.SocketAddress;
import java.util.Objects;

/** One datagram as it was received: the pair that asyncio's {@code sock_recvfrom} gives. */
@NotOnAndroid
public final class Datagram {
    private final byte[] data;
    private final SocketAddress address;

    /**
     * A datagram.
     *
     * @param data the bytes, which are not copied
     * @param address who sent it
     */
    public Datagram(byte[] data, SocketAddress address) {
        this.data = Objects.requireNonNull(data, "data");
        this.address = Objects.requireNonNull(address, "address");
    }

    /**
     * What was received.
     *
     * @return the bytes themselves, not a copy
     */
    public byte[] data() {
        return data;
    }

    /**
     * Where it came from.
     *
     * @return the sender's address
     */
    public SocketAddress address() {
        return address;
    }

    @Override
    public String toString() {
        return "<Datagram of " + data.length + " bytes from " + address + ">";
    }
}
