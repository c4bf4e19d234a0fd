package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;
import java.nio.ByteBuffer;

/**
 * Gets the bytes of a stream as they arrive; asyncio's {@code Protocol}. Override one of the two
 * {@code dataReceived}.
 *
 * <p>The calls are {@link #connectionMade connectionMade}, any number of {@code dataReceived}, {@link #eofReceived
 * eofReceived} at most once, {@link #connectionLost connectionLost}.
 */
@NotOnAndroid
public interface Protocol extends StreamProtocol {
    /**
     * Some bytes have arrived; asyncio's {@code data_received}.
     *
     * @param data one byte or more, in an array of its own
     */
    default void dataReceived(byte[] data) {}

    /**
     * Some bytes have arrived: the form that spares the array. Unless overridden, it calls {@link
     * #dataReceived(byte[])}.
     *
     * @param data what remains in it is one byte or more. It is the loop's own buffer: valid during this call only, and
     *     read-only
     */
    default void dataReceived(ByteBuffer data) {
        byte[] copy = new byte[data.remaining()];
        data.get(copy);
        dataReceived(copy);
    }
}
