package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One end for datagrams; asyncio's {@code DatagramTransport}. */
@NotOnAndroid
public interface DatagramTransport extends BaseTransport {
    /**
     * Sends a datagram; asyncio's {@code sendto}. Does not wait: what the system does not take at once is copied and
     * kept.
     *
     * @param data its bytes, none perhaps
     * @param address where to; null for the address that the endpoint is connected to
     * @throws IllegalArgumentException if the endpoint is connected to another address, if there is none, or if it is
     *     not resolved or of another family than the socket
     * @throws UnsupportedOperationException if there are no bytes and the endpoint is connected: {@code java.nio} does
     *     not send that
     */
    void sendTo(ByteBuffer data, @Nullable SocketAddress address);

    /**
     * As {@link #sendTo(ByteBuffer, SocketAddress)}.
     *
     * @param data its bytes
     * @param address where to; null for the address that the endpoint is connected to
     */
    default void sendTo(byte[] data, @Nullable SocketAddress address) {
        sendTo(ByteBuffer.wrap(data), address);
    }

    /**
     * As {@link #sendTo(ByteBuffer, SocketAddress)}, to the address that the endpoint is connected to.
     *
     * @param data its bytes
     */
    default void sendTo(byte[] data) {
        sendTo(ByteBuffer.wrap(data), null);
    }

    /**
     * Sets the water marks; asyncio's {@code set_write_buffer_limits}. See {@link BaseProtocol#pauseWriting()}.
     *
     * @param high the high one in bytes, 0 to pause on every byte that cannot be sent at once; null for 4 times the low
     *     one, or the default of 64 KiB
     * @param low the low one; null for a quarter of the high one
     * @throws IllegalArgumentException if the low one is higher than the high one, or negative
     */
    void setWriteBufferLimits(@Nullable Integer high, @Nullable Integer low);

    /**
     * The water marks; asyncio's {@code get_write_buffer_limits}.
     *
     * @return both
     */
    BufferLimits getWriteBufferLimits();

    /**
     * How many bytes are not handed to the system yet; asyncio's {@code get_write_buffer_size}.
     *
     * @return the number, or {@link Integer#MAX_VALUE} if there are more
     */
    int getWriteBufferSize();
}
