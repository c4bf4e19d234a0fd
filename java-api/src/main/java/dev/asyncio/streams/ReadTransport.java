package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;

/** A transport that receives a stream; asyncio's {@code ReadTransport}. */
@NotOnAndroid
public interface ReadTransport extends BaseTransport {
    /** Delivers nothing until {@link #resumeReading()}; asyncio's {@code pause_reading}. Again: without effect. */
    void pauseReading();

    /** After {@link #pauseReading()}, delivers again; asyncio's {@code resume_reading}. Again: without effect. */
    void resumeReading();

    /**
     * Whether it delivers what arrives; asyncio's {@code is_reading}.
     *
     * @return false while it is paused, and once it is closing
     */
    boolean isReading();
}
