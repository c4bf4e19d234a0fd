package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** How a server listens; immutable. The keyword arguments of asyncio's {@code create_server}. */
@NotOnAndroid
public final class ServerOptions {
    /** Not encrypted, 100 connections in line, serving at once. */
    public static final ServerOptions DEFAULT = new ServerOptions(null, 100, null, false, true, true, Limits.DEFAULT);

    private final @Nullable TlsOptions tls;
    private final int backlog;
    private final @Nullable Boolean reuseAddress;
    private final boolean reusePort;
    private final boolean startServing;
    private final boolean cleanupSocket;
    private final int limit;

    private ServerOptions(
            @Nullable TlsOptions tls,
            int backlog,
            @Nullable Boolean reuseAddress,
            boolean reusePort,
            boolean startServing,
            boolean cleanupSocket,
            int limit) {
        this.tls = tls;
        this.backlog = backlog;
        this.reuseAddress = reuseAddress;
        this.reusePort = reusePort;
        this.startServing = startServing;
        this.cleanupSocket = cleanupSocket;
        this.limit = limit;
    }

    /**
     * These options with encryption; asyncio's {@code ssl}.
     *
     * @param context an initialized context with a key
     * @return the new options
     */
    public ServerOptions withSsl(SSLContext context) {
        return withTls(TlsOptions.of(context));
    }

    /**
     * These options with or without encryption.
     *
     * @param tls how to encrypt; null for not at all
     * @return the new options
     */
    public ServerOptions withTls(@Nullable TlsOptions tls) {
        return new ServerOptions(tls, backlog, reuseAddress, reusePort, startServing, cleanupSocket, limit);
    }

    /**
     * These options with another number of connections that may stand in line; asyncio's {@code backlog}.
     *
     * @param backlog how many the system keeps before they are accepted, and how many are accepted in a row
     * @return the new options
     * @throws IllegalArgumentException if it is not positive
     */
    public ServerOptions withBacklog(int backlog) {
        if (backlog <= 0) {
            throw new IllegalArgumentException("backlog must be positive: " + backlog);
        }
        return new ServerOptions(tls, backlog, reuseAddress, reusePort, startServing, cleanupSocket, limit);
    }

    /**
     * These options with or without taking a port over whose former connections are not forgotten by the system yet;
     * asyncio's {@code reuse_address}.
     *
     * @param reuseAddress whether to take it; null for yes, but not on Windows, where it means something else
     * @return the new options
     */
    public ServerOptions withReuseAddress(@Nullable Boolean reuseAddress) {
        return new ServerOptions(tls, backlog, reuseAddress, reusePort, startServing, cleanupSocket, limit);
    }

    /**
     * These options with or without sharing the port with other processes that do so too; asyncio's
     * {@code reuse_port}.
     *
     * @param reusePort whether to share; where the system cannot, making the server throws
     *     {@link IllegalArgumentException}
     * @return the new options
     */
    public ServerOptions withReusePort(boolean reusePort) {
        return new ServerOptions(tls, backlog, reuseAddress, reusePort, startServing, cleanupSocket, limit);
    }

    /**
     * These options with or without accepting connections at once; asyncio's {@code start_serving}.
     *
     * @param startServing false to wait for {@link Server#startServing()} or {@link Server#serveForever()}
     * @return the new options
     */
    public ServerOptions withStartServing(boolean startServing) {
        return new ServerOptions(tls, backlog, reuseAddress, reusePort, startServing, cleanupSocket, limit);
    }

    /**
     * These options with or without removing the file of a Unix-domain socket when the server is closed; asyncio's
     * {@code cleanup_socket}.
     *
     * @param cleanupSocket whether to remove it, if it is still the same
     * @return the new options
     */
    public ServerOptions withCleanupSocket(boolean cleanupSocket) {
        return new ServerOptions(tls, backlog, reuseAddress, reusePort, startServing, cleanupSocket, limit);
    }

    /**
     * These options with another limit of each {@link StreamReader}; asyncio's {@code limit}. Of no meaning for
     * protocols.
     *
     * @param limit how many bytes a line may have, 64 KiB at first; reading pauses when twice as many are buffered
     * @return the new options
     * @throws IllegalArgumentException if it is not positive
     */
    public ServerOptions withLimit(int limit) {
        return new ServerOptions(
                tls, backlog, reuseAddress, reusePort, startServing, cleanupSocket, Limits.check(limit));
    }

    /**
     * See {@link #withTls}.
     *
     * @return how to encrypt, or null
     */
    public @Nullable TlsOptions tls() {
        return tls;
    }

    /**
     * See {@link #withBacklog}.
     *
     * @return the number
     */
    public int backlog() {
        return backlog;
    }

    /**
     * See {@link #withReuseAddress}.
     *
     * @return the flag, or null for the platform's
     */
    public @Nullable Boolean reuseAddress() {
        return reuseAddress;
    }

    /**
     * See {@link #withReusePort}.
     *
     * @return the flag
     */
    public boolean reusePort() {
        return reusePort;
    }

    /**
     * See {@link #withStartServing}.
     *
     * @return the flag
     */
    public boolean startServing() {
        return startServing;
    }

    /**
     * See {@link #withCleanupSocket}.
     *
     * @return the flag
     */
    public boolean cleanupSocket() {
        return cleanupSocket;
    }

    /**
     * See {@link #withLimit}.
     *
     * @return a number of bytes
     */
    public int limit() {
        return limit;
    }

    @Override
    public String toString() {
        return "ServerOptions[tls=" + Objects.toString(tls, "no") + ", backlog=" + backlog + ", reuseAddress="
                + reuseAddress + ", reusePort=" + reusePort + ", startServing=" + startServing + ", cleanupSocket="
                + cleanupSocket + ", limit=" + limit + "]";
    }
}
