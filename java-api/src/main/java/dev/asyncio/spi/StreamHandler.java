package dev.asyncio.spi;

import dev.asyncio.Coroutine;
import dev.asyncio.streams.StreamReader;
import dev.asyncio.streams.StreamWriter;

/** A {@link dev.asyncio.streams.ConnectionHandler} with its arguments still to be bound. */
@NotOnAndroid
@FunctionalInterface
public interface StreamHandler {
    /**
     * The body of the task for one connection.
     *
     * @param reader what comes
     * @param writer what goes
     * @return a cold coroutine
     */
    Coroutine<?> bind(StreamReader reader, StreamWriter writer);
}
