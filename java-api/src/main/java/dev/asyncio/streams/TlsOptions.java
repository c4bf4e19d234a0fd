package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is encrypted; immutable. The arguments {@code ssl}, {@code server_hostname},
 * {@code ssl_handshake_timeout} and {@code ssl_shutdown_timeout} of asyncio's functions, and what a Python
 * {@code SSLContext} holds besides keys.
 *
 * <p>A client verifies the certificate of the server, by the context's trust managers, and that it was made for the
 * host's name.
 */
@NotOnAndroid
public final class TlsOptions {
    private final SSLContext context;
    private final @Nullable String serverHostname;
    private final Duration handshakeTimeout;
    private final Duration shutdownTimeout;
    private final List<String> alpn;
    private final boolean needClientAuth;
    private final @Nullable Consumer<? super SSLParameters> parameters;

    private TlsOptions(
            SSLContext context,
            @Nullable String serverHostname,
            Duration handshakeTimeout,
            Duration shutdownTimeout,
            List<String> alpn,
            boolean needClientAuth,
            @Nullable Consumer<? super SSLParameters> parameters) {
        this.context = context;
        this.serverHostname = serverHostname;
        this.handshakeTimeout = handshakeTimeout;
        this.shutdownTimeout = shutdownTimeout;
        this.alpn = alpn;
        this.needClientAuth = needClientAuth;
        this.parameters = parameters;
    }

    /**
     * TLS with the keys and the trust of a context.
     *
     * @param context an initialized context; for a server, one with a key
     * @return the options
     */
    public static TlsOptions of(SSLContext context) {
        Objects.requireNonNull(context, "context");
        return new TlsOptions(context, null, Duration.ofSeconds(60), Duration.ofSeconds(30), List.of(), false, null);
    }

    /**
     * These options with the name that the server's certificate has to have, and that a client asks for (SNI);
     * asyncio's {@code server_hostname}. Of no meaning for a server.
     *
     * @param serverHostname the name; {@code ""} to accept any name; null for the host that is connected to
     * @return the new options
     */
    public TlsOptions withServerHostname(@Nullable String serverHostname) {
        return new TlsOptions(
                context, serverHostname, handshakeTimeout, shutdownTimeout, alpn, needClientAuth, parameters);
    }

    /**
     * These options with another limit for the handshake; asyncio's {@code ssl_handshake_timeout}. A connection that is
     * not encrypted by then is aborted.
     *
     * @param handshakeTimeout 60 s at first
     * @return the new options
     * @throws IllegalArgumentException if it is not positive
     */
    public TlsOptions withHandshakeTimeout(Duration handshakeTimeout) {
        requirePositive(handshakeTimeout, "handshakeTimeout");
        return new TlsOptions(
                context, serverHostname, handshakeTimeout, shutdownTimeout, alpn, needClientAuth, parameters);
    }

    /**
     * These options with another limit for the end; asyncio's {@code ssl_shutdown_timeout}. A connection whose peer has
     * not answered by then is aborted.
     *
     * @param shutdownTimeout 30 s at first
     * @return the new options
     * @throws IllegalArgumentException if it is not positive
     */
    public TlsOptions withShutdownTimeout(Duration shutdownTimeout) {
        requirePositive(shutdownTimeout, "shutdownTimeout");
        return new TlsOptions(
                context, serverHostname, handshakeTimeout, shutdownTimeout, alpn, needClientAuth, parameters);
    }

    /**
     * These options with protocols to choose from (ALPN); Python's {@code set_alpn_protocols}. The one agreed on is the
     * transport's {@code getExtraInfo("alpn")}.
     *
     * @param protocols names such as {@code "h2"}, the preferred one first
     * @return the new options
     */
    public TlsOptions withAlpn(String... protocols) {
        return new TlsOptions(
                context,
                serverHostname,
                handshakeTimeout,
                shutdownTimeout,
                List.of(protocols),
                needClientAuth,
                parameters);
    }

    /**
     * These options with or without clients having to show a certificate; Python's {@code CERT_REQUIRED}. Of no meaning
     * for a client.
     *
     * @param needClientAuth whether a client without one is refused
     * @return the new options
     */
    public TlsOptions withNeedClientAuth(boolean needClientAuth) {
        return new TlsOptions(
                context, serverHostname, handshakeTimeout, shutdownTimeout, alpn, needClientAuth, parameters);
    }

    /**
     * These options with a last word on the parameters of each connection: versions, cipher suites and the like.
     *
     * @param parameters is given those that result from the other options, and may change them; null for none
     * @return the new options
     */
    public TlsOptions withParameters(@Nullable Consumer<? super SSLParameters> parameters) {
        return new TlsOptions(
                context, serverHostname, handshakeTimeout, shutdownTimeout, alpn, needClientAuth, parameters);
    }

    /**
     * See {@link #of}.
     *
     * @return the context
     */
    public SSLContext context() {
        return context;
    }

    /**
     * See {@link #withServerHostname}.
     *
     * @return the name, or null
     */
    public @Nullable String serverHostname() {
        return serverHostname;
    }

    /**
     * See {@link #withHandshakeTimeout}.
     *
     * @return the limit
     */
    public Duration handshakeTimeout() {
        return handshakeTimeout;
    }

    /**
     * See {@link #withShutdownTimeout}.
     *
     * @return the limit
     */
    public Duration shutdownTimeout() {
        return shutdownTimeout;
    }

    /**
     * See {@link #withAlpn}.
     *
     * @return the names
     */
    public List<String> alpn() {
        return alpn;
    }

    /**
     * See {@link #withNeedClientAuth}.
     *
     * @return the flag
     */
    public boolean needClientAuth() {
        return needClientAuth;
    }

    /**
     * See {@link #withParameters}.
     *
     * @return what has the last word, or null
     */
    public @Nullable Consumer<? super SSLParameters> parameters() {
        return parameters;
    }

    private static void requirePositive(Duration timeout, String name) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(name + " should be a positive duration, got " + timeout);
        }
    }

    @Override
    public String toString() {
        return "TlsOptions[serverHostname=" + serverHostname + ", handshakeTimeout=" + handshakeTimeout
                + ", shutdownTimeout=" + shutdownTimeout + ", alpn=" + alpn + ", needClientAuth=" + needClientAuth
                + "]";
    }
}
