package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** How a connection is opened; immutable. The keyword arguments of asyncio's {@code create_connection}. */
@NotOnAndroid
public final class ConnectionOptions {
    /** Not encrypted, from any local address, trying the host's addresses one after the other. */
    public static final ConnectionOptions DEFAULT = new ConnectionOptions(null, null, null, 0, false, Limits.DEFAULT);

    private final @Nullable TlsOptions tls;
    private final @Nullable InetSocketAddress localAddress;
    private final @Nullable Duration happyEyeballsDelay;
    private final int interleave;
    private final boolean allErrors;
    private final int limit;

    private ConnectionOptions(
            @Nullable TlsOptions tls,
            @Nullable InetSocketAddress localAddress,
            @Nullable Duration happyEyeballsDelay,
            int interleave,
            boolean allErrors,
            int limit) {
        this.tls = tls;
        this.localAddress = localAddress;
        this.happyEyeballsDelay = happyEyeballsDelay;
        this.interleave = interleave;
        this.allErrors = allErrors;
        this.limit = limit;
    }

    /**
     * These options with encryption; asyncio's {@code ssl}.
     *
     * @param context an initialized context
     * @return the new options
     */
    public ConnectionOptions withSsl(SSLContext context) {
        return withTls(TlsOptions.of(context));
    }

    /**
     * These options with or without encryption.
     *
     * @param tls how to encrypt; null for not at all
     * @return the new options
     */
    public ConnectionOptions withTls(@Nullable TlsOptions tls) {
        return new ConnectionOptions(tls, localAddress, happyEyeballsDelay, interleave, allErrors, limit);
    }

    /**
     * These options with a local address to connect from; asyncio's {@code local_addr}.
     *
     * @param localAddress the address, with port 0 for any port; null for any address
     * @return the new options
     */
    public ConnectionOptions withLocalAddress(@Nullable InetSocketAddress localAddress) {
        return new ConnectionOptions(tls, localAddress, happyEyeballsDelay, interleave, allErrors, limit);
    }

    /**
     * These options with attempts that overlap, by RFC 8305; asyncio's {@code happy_eyeballs_delay}. The first
     * connection that is there wins.
     *
     * @param happyEyeballsDelay how long to wait for one address before the next one is tried as well, 250 ms say; null
     *     for as long as it takes to fail
     * @return the new options
     */
    public ConnectionOptions withHappyEyeballsDelay(@Nullable Duration happyEyeballsDelay) {
        return new ConnectionOptions(tls, localAddress, happyEyeballsDelay, interleave, allErrors, limit);
    }

    /**
     * These options with addresses of IPv4 and IPv6 alternating; asyncio's {@code interleave}.
     *
     * @param interleave how many of the first one's family come first; 0 for the system's order, or 1 where there is a
     *     {@linkplain #withHappyEyeballsDelay delay}
     * @return the new options
     * @throws IllegalArgumentException if it is negative
     */
    public ConnectionOptions withInterleave(int interleave) {
        if (interleave < 0) {
            throw new IllegalArgumentException("interleave must not be negative: " + interleave);
        }
        return new ConnectionOptions(tls, localAddress, happyEyeballsDelay, interleave, allErrors, limit);
    }

    /**
     * These options with or without all failures told; asyncio's {@code all_errors}.
     *
     * @param allErrors whether to throw an {@link dev.asyncio.ExceptionGroup} of what each address failed with, and not
     *     one {@link java.io.IOException}
     * @return the new options
     */
    public ConnectionOptions withAllErrors(boolean allErrors) {
        return new ConnectionOptions(tls, localAddress, happyEyeballsDelay, interleave, allErrors, limit);
    }

    /**
     * These options with another limit of the {@link StreamReader}; asyncio's {@code limit}. Of no meaning for
     * protocols.
     *
     * @param limit how many bytes a line may have, 64 KiB at first; reading pauses when twice as many are buffered
     * @return the new options
     * @throws IllegalArgumentException if it is not positive
     */
    public ConnectionOptions withLimit(int limit) {
        return new ConnectionOptions(tls, localAddress, happyEyeballsDelay, interleave, allErrors, Limits.check(limit));
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
     * See {@link #withLocalAddress}.
     *
     * @return the address, or null
     */
    public @Nullable InetSocketAddress localAddress() {
        return localAddress;
    }

    /**
     * See {@link #withHappyEyeballsDelay}.
     *
     * @return the delay, or null
     */
    public @Nullable Duration happyEyeballsDelay() {
        return happyEyeballsDelay;
    }

    /**
     * See {@link #withInterleave}.
     *
     * @return the number
     */
    public int interleave() {
        return interleave;
    }

    /**
     * See {@link #withAllErrors}.
     *
     * @return the flag
     */
    public boolean allErrors() {
        return allErrors;
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
        return "ConnectionOptions[tls=" + Objects.toString(tls, "no") + ", localAddress=" + localAddress
                + ", happyEyeballsDelay=" + happyEyeballsDelay + ", interleave=" + interleave + ", allErrors="
                + allErrors + ", limit=" + limit + "]";
    }
}
