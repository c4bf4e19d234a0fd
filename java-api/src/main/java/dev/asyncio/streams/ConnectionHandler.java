package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;

/** What a server does with a connection; the {@code client_connected_cb} of asyncio's {@code start_server}. */
@NotOnAndroid
@FunctionalInterface
public interface ConnectionHandler {
    /**
     * Deals with one connection, as the body of a task of its own.
     *
     * <p>The connection stays open when this returns: close the writer. If it throws, the exception goes to the loop's
     * exception handler and the connection is closed; if the task is cancelled, the connection is closed.
     *
     * @param reader what comes
     * @param writer what goes
     * @throws Exception whatever it fails with
     */
    void handle(StreamReader reader, StreamWriter writer) throws Exception;
}
