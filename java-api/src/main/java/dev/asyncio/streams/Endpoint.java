package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;
import java.util.Objects;

/**
 * A connection that was made: the pair that asyncio's {@code create_connection} gives.
 *
 * @param <T> the kind of transport
 * @param <P> the type of the protocol
 */
@NotOnAndroid
public final class Endpoint<T extends BaseTransport, P extends BaseProtocol> {
    private final T transport;
    private final P protocol;

    /**
     * A pair.
     *
     * @param transport the transport
     * @param protocol its protocol
     */
    public Endpoint(T transport, P protocol) {
        this.transport = Objects.requireNonNull(transport, "transport");
        this.protocol = Objects.requireNonNull(protocol, "protocol");
    }

    /**
     * For writing and for closing.
     *
     * @return the transport
     */
    public T transport() {
        return transport;
    }

    /**
     * What the factory has made.
     *
     * @return the protocol
     */
    public P protocol() {
        return protocol;
    }

    @Override
    public String toString() {
        return "<Endpoint " + transport + " " + protocol + ">";
    }
}
