package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;

/**
 * What both kinds of protocols for streams have in common: {@link Protocol} and {@link BufferedProtocol}, one of which
 * is to be implemented.
 */
@NotOnAndroid
public interface StreamProtocol extends BaseProtocol {
    /**
     * The connection is there; the first call; asyncio's {@code connection_made}.
     *
     * @param transport for writing and for closing
     */
    default void connectionMade(Transport transport) {}

    /**
     * The peer will send nothing more; at most once; asyncio's {@code eof_received}.
     *
     * @return whether the transport stays open for writing; it then has to be closed by somebody. False closes it. Of a
     *     TLS connection it is closed either way
     */
    default boolean eofReceived() {
        return false;
    }
}
