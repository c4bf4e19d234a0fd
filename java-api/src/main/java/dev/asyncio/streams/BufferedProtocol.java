package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;
import java.nio.ByteBuffer;

/**
 * Gets the bytes of a stream in buffers of its own; asyncio's {@code BufferedProtocol}. For large amounts of data.
 *
 * <p>The calls are {@link #connectionMade connectionMade}, any number of {@link #getBuffer getBuffer} followed by
 * {@link #bufferUpdated bufferUpdated}, {@link #eofReceived eofReceived} at most once, {@link #connectionLost
 * connectionLost}. A {@code getBuffer} may stay without {@code bufferUpdated}, if nothing had arrived.
 */
@NotOnAndroid
public interface BufferedProtocol extends StreamProtocol {
    /**
     * Where to put the next bytes; asyncio's {@code get_buffer}.
     *
     * @param sizeHint how large a buffer is useful, or -1 if that is not known. It may be of any other size
     * @return a buffer with room between its position and its limit, direct for speed; without room it is an error that
     *     closes the connection
     */
    ByteBuffer getBuffer(int sizeHint);

    /**
     * The buffer was filled; asyncio's {@code buffer_updated}. Its position has moved behind the new bytes.
     *
     * @param count how many bytes there are, one or more
     */
    void bufferUpdated(int count);
}
