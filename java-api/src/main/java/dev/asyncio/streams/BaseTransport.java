package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection, as seen from above; asyncio's {@code BaseTransport}. Made by the loop, for a protocol.
 * <b>Thread:</b> the loop's.
 */
@NotOnAndroid
public interface BaseTransport {
    /**
     * Closes it when what was written is sent; asyncio's {@code close}. Nothing more is received. Again: without
     * effect.
     */
    void close();

    /**
     * Closes it at once, and drops what is not sent yet; asyncio's {@code abort}.
     */
    void abort();

    /**
     * Whether it is closed or about to be; asyncio's {@code is_closing}.
     *
     * @return true from the first {@link #close()}, {@link #abort()} or failure on
     */
    boolean isClosing();

    /**
     * Something about what lies below; asyncio's {@code get_extra_info}.
     *
     * <ul>
     *   <li>{@code "socket"}: the channel, which is not to be read, written or closed
     *   <li>{@code "sockname"}, {@code "peername"}: its own and its peer's {@link java.net.SocketAddress}
     *   <li>with TLS {@code "sslcontext"}: the {@link javax.net.ssl.SSLContext}; {@code "ssl_object"}: the
     *       {@link javax.net.ssl.SSLEngine}; {@code "peercert"}: the peer's {@link java.security.cert.Certificate}, if
     *       it has shown one; {@code "cipher"}: the name of the cipher suite; {@code "alpn"}: the name of the protocol
     *       that was agreed on, {@code ""} if none was
     * </ul>
     *
     * @param name one of these names
     * @return what it stands for; null if there is no such thing
     */
    @Nullable Object getExtraInfo(String name);

    /**
     * As {@link #getExtraInfo(String)}, of a certain type.
     *
     * @param name one of the names
     * @param type the type
     * @param <T> the type
     * @return what it stands for; null if there is no such thing
     * @throws ClassCastException if it is of another type
     */
    default <T> @Nullable T getExtraInfo(String name, Class<T> type) {
        return type.cast(getExtraInfo(name));
    }

    /**
     * Has another protocol get everything from now on; asyncio's {@code set_protocol}. Nothing is called for it.
     *
     * @param protocol of a kind that the transport serves
     * @throws IllegalArgumentException if it is of another kind
     */
    void setProtocol(BaseProtocol protocol);

    /**
     * Who gets what arrives; asyncio's {@code get_protocol}.
     *
     * @return the protocol
     */
    BaseProtocol getProtocol();
}
