package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;
import org.jspecify.annotations.Nullable;

/**
 * What transports of all kinds tell the protocol that they belong to; asyncio's {@code BaseProtocol}.
 *
 * <p>Here and in its sub-interfaces: the loop calls, on its own thread. An exception that gets out of a callback is
 * reported to the loop's exception handler; where it is one that brings data, the connection is closed for it.
 */
@NotOnAndroid
public interface BaseProtocol {
    /**
     * The connection is over; the last call, exactly once, if the connection was made; asyncio's
     * {@code connection_lost}.
     *
     * @param exception why, or null if the transport was closed or aborted, or the peer has ended the stream
     */
    default void connectionLost(@Nullable Throwable exception) {}

    /**
     * The transport holds more unsent bytes than its high-water mark; asyncio's {@code pause_writing}. Called from
     * inside the write that exceeds it. What is written regardless is kept.
     */
    default void pauseWriting() {}

    /** After {@link #pauseWriting()}: not more than the low-water mark are left; asyncio's {@code resume_writing}. */
    default void resumeWriting() {}
}
