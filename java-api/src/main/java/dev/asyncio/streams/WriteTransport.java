package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A transport that sends a stream; asyncio's {@code WriteTransport}. */
@NotOnAndroid
public interface WriteTransport extends BaseTransport {
    /**
     * Sends bytes; asyncio's {@code write}. Does not wait: what the system does not take at once is copied and kept.
     *
     * @param data the bytes; none: without effect
     * @throws IllegalStateException after {@link #writeEof()}, or during a {@code sendfile}
     */
    void write(ByteBuffer data);

    /**
     * As {@link #write(ByteBuffer)}.
     *
     * @param data the bytes
     */
    default void write(byte[] data) {
        write(ByteBuffer.wrap(data));
    }

    /**
     * As one {@link #write(ByteBuffer)} of all of them; asyncio's {@code writelines}.
     *
     * @param data the pieces
     */
    void writeLines(Iterable<byte[]> data);

    /**
     * Says that nothing more will be written: the peer gets an end of file after what was written, and this side goes
     * on receiving; asyncio's {@code write_eof}. Again: without effect.
     *
     * @throws UnsupportedOperationException if this transport cannot
     */
    void writeEof();

    /**
     * Whether {@link #writeEof()} is possible; asyncio's {@code can_write_eof}.
     *
     * @return false for TLS
     */
    boolean canWriteEof();

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
