package dev.asyncio.streams;

import dev.asyncio.CheckReturnValue;
import dev.asyncio.Coroutine;
import dev.asyncio.EventLoop;
import dev.asyncio.spi.NotOnAndroid;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What listens and accepts connections; asyncio's {@code Server}. Where the system has no more descriptors or memory
 * for one, that is reported to the loop's exception handler, and accepting goes on a second later. <b>Thread:</b> the
 * loop's.
 */
@NotOnAndroid
public interface Server extends AutoCloseable {
    /**
     * The channels that listen; asyncio's {@code sockets}. They are not to be closed or accepted from.
     *
     * @return one for each address; none once the server is closed
     */
    List<ServerSocketChannel> sockets();

    /**
     * The port of the first of the {@link #sockets()}, which the system has chosen where 0 was given.
     *
     * @return the port
     * @throws IllegalStateException if the server is closed, or listens to Unix-domain sockets only
     */
    int port();

    /**
     * Whether connections are accepted; asyncio's {@code is_serving}.
     *
     * @return whether they are
     */
    boolean isServing();

    /**
     * Begins to accept connections, unless that has begun; asyncio's {@code start_serving}. Yields once.
     *
     * @return a cold coroutine
     */
    @CheckReturnValue
    Coroutine<@Nullable Void> startServing();

    /**
     * Begins to accept connections and goes on until it is cancelled; asyncio's {@code serve_forever}. Then it closes
     * the server, waits for the connections that are left, and ends cancelled. {@link #close()} cancels it too.
     *
     * <p>A client that stays keeps it from ending: call {@link #closeClients()}, as in a signal handler that closes the
     * server. Or await something else, and close the server after that: {@code Asyncio.run} cancels the handlers that
     * are left.
     *
     * @return a cold coroutine; it throws {@link IllegalStateException} if another one runs or the server is closed
     */
    @CheckReturnValue
    Coroutine<@Nullable Void> serveForever();

    /**
     * Stops listening, at once; asyncio's {@code close}. Connections that were accepted stay. Again: without effect.
     */
    @Override
    void close();

    /**
     * Waits until the server is closed and its last connection is gone; asyncio's {@code wait_closed}.
     *
     * @return a cold coroutine
     */
    @CheckReturnValue
    Coroutine<@Nullable Void> waitClosed();

    /** Closes all connections that were accepted, as {@link BaseTransport#close()}; asyncio's {@code close_clients}. */
    void closeClients();

    /** Aborts all connections that were accepted, as {@link BaseTransport#abort()}; {@code abort_clients}. */
    void abortClients();

    /**
     * The loop that serves; asyncio's {@code get_loop}.
     *
     * @return the loop
     */
    EventLoop getLoop();
}
