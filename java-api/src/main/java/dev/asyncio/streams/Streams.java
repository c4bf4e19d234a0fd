package dev.asyncio.streams;

import dev.asyncio.CheckReturnValue;
import dev.asyncio.Coroutine;
import dev.asyncio.spi.Engine;
import dev.asyncio.spi.NotOnAndroid;
import dev.asyncio.spi.StreamHandler;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Connections for code that awaits; asyncio's {@code open_connection}, {@code start_server} and their Unix forms.
 *
 * <p>What is here throws {@link java.io.IOException}s that name the host and the port, or the path:
 * {@link java.net.UnknownHostException}, {@link java.net.ConnectException}, {@link java.net.BindException},
 * {@link javax.net.ssl.SSLException} and others. Unix-domain sockets need JDK 16; below it they are an
 * {@link UnsupportedOperationException}.
 */
@NotOnAndroid
public final class Streams {
    private Streams() {}

    /**
     * Connects to a server; asyncio's {@code open_connection}.
     *
     * @param host its name or address
     * @param port its port
     * @return a cold coroutine of the connection, which is to be closed
     */
    @CheckReturnValue
    public static Coroutine<StreamConnection> openConnection(String host, int port) {
        return openConnection(host, port, ConnectionOptions.DEFAULT);
    }

    /**
     * As {@link #openConnection(String, int)}, with options.
     *
     * @param host its name or address
     * @param port its port
     * @param options encryption, limit and so on
     * @return a cold coroutine of the connection, which is to be closed
     */
    @CheckReturnValue
    public static Coroutine<StreamConnection> openConnection(String host, int port, ConnectionOptions options) {
        Objects.requireNonNull(host, "host");
        Ports.check(port);
        return Engine.get().io().openConnection(host, port, Objects.requireNonNull(options, "options"));
    }

    /**
     * Uses a channel that is connected; asyncio's {@code open_connection(sock=…)}.
     *
     * @param channel a connected channel, which now belongs to the connection
     * @param options encryption, limit and so on
     * @return a cold coroutine of the connection, which is to be closed
     */
    @CheckReturnValue
    public static Coroutine<StreamConnection> openConnection(SocketChannel channel, ConnectionOptions options) {
        Objects.requireNonNull(channel, "channel");
        return Engine.get().io().openConnection(channel, Objects.requireNonNull(options, "options"));
    }

    /**
     * Listens, and runs a handler for each connection; asyncio's {@code start_server}.
     *
     * @param handler the body of the task that deals with a connection
     * @param host the name or address of an interface; null or {@code ""} for all of them
     * @param port the port; 0 for any, see {@link Server#port()}
     * @return a cold coroutine of the server, which is to be closed
     */
    @CheckReturnValue
    public static Coroutine<Server> startServer(ConnectionHandler handler, @Nullable String host, int port) {
        return startServer(handler, host, port, ServerOptions.DEFAULT);
    }

    /**
     * As {@link #startServer(ConnectionHandler, String, int)}, with options.
     *
     * @param handler the body of the task that deals with a connection
     * @param host the name or address of an interface; null or {@code ""} for all of them
     * @param port the port; 0 for any
     * @param options encryption, limit and so on
     * @return a cold coroutine of the server, which is to be closed
     */
    @CheckReturnValue
    public static Coroutine<Server> startServer(
            ConnectionHandler handler, @Nullable String host, int port, ServerOptions options) {
        Objects.requireNonNull(options, "options");
        Ports.check(port);
        return Engine.get().io().startServer(adapt(handler), host, port, options);
    }

    /**
     * Connects to a Unix-domain socket; asyncio's {@code open_unix_connection}.
     *
     * @param path the socket's file
     * @return a cold coroutine of the connection, which is to be closed
     */
    @CheckReturnValue
    public static Coroutine<StreamConnection> openUnixConnection(Path path) {
        return openUnixConnection(path, ConnectionOptions.DEFAULT);
    }

    /**
     * As {@link #openUnixConnection(Path)}, with options.
     *
     * @param path the socket's file
     * @param options encryption, for which the server's name has to be given, limit and so on
     * @return a cold coroutine of the connection, which is to be closed
     */
    @CheckReturnValue
    public static Coroutine<StreamConnection> openUnixConnection(Path path, ConnectionOptions options) {
        Objects.requireNonNull(path, "path");
        return Engine.get().io().openUnixConnection(path, Objects.requireNonNull(options, "options"));
    }

    /**
     * Listens at a Unix-domain socket; asyncio's {@code start_unix_server}. A socket's file that is left there is
     * replaced, and removed when the server is closed.
     *
     * @param handler the body of the task that deals with a connection
     * @param path the socket's file
     * @return a cold coroutine of the server, which is to be closed
     */
    @CheckReturnValue
    public static Coroutine<Server> startUnixServer(ConnectionHandler handler, Path path) {
        return startUnixServer(handler, path, ServerOptions.DEFAULT);
    }

    /**
     * As {@link #startUnixServer(ConnectionHandler, Path)}, with options.
     *
     * @param handler the body of the task that deals with a connection
     * @param path the socket's file
     * @param options encryption, limit and so on
     * @return a cold coroutine of the server, which is to be closed
     */
    @CheckReturnValue
    public static Coroutine<Server> startUnixServer(ConnectionHandler handler, Path path, ServerOptions options) {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(options, "options");
        return Engine.get().io().startUnixServer(adapt(handler), path, options);
    }

    private static StreamHandler adapt(ConnectionHandler handler) {
        Objects.requireNonNull(handler, "handler");
        return (reader, writer) -> (Coroutine<@Nullable Void>) () -> {
            handler.handle(reader, writer);
            return null;
        };
    }
}
