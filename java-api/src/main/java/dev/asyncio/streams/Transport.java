package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;

/** One end of a stream that goes both ways; asyncio's {@code Transport}. */
@NotOnAndroid
public interface Transport extends ReadTransport, WriteTransport {}
