package dev.asyncio.streams;

import dev.asyncio.CheckReturnValue;
import dev.asyncio.Coroutine;
import dev.asyncio.spi.NotOnAndroid;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of a connection are written; asyncio's {@code StreamWriter}. <b>Memory:</b> {@code write} keeps what
 * cannot be sent at once; {@link #drain()} waits until that is not too much. <b>Thread:</b> the loop's.
 */
@NotOnAndroid
public interface StreamWriter extends AutoCloseable {
    /**
     * Sends bytes, or keeps them until they can be sent; asyncio's {@code write}.
     *
     * @param data the bytes
     */
    default void write(byte[] data) {
        transport().write(data);
    }

    /**
     * As {@link #write(byte[])}.
     *
     * @param data what remains in it
     */
    default void write(ByteBuffer data) {
        transport().write(data);
    }

    /**
     * Sends text in UTF-8.
     *
     * @param text the text
     */
    default void write(String text) {
        write(text, StandardCharsets.UTF_8);
    }

    /**
     * Sends text.
     *
     * @param text the text
     * @param charset how to encode it
     */
    default void write(String text, Charset charset) {
        transport().write(text.getBytes(charset));
    }

    /**
     * Sends several pieces as one; asyncio's {@code writelines}. Adds no line ends.
     *
     * @param data the pieces
     */
    default void writeLines(Iterable<byte[]> data) {
        transport().writeLines(data);
    }

    /**
     * Waits, if more is unsent than the transport's high-water mark, until it is no more than the low one; asyncio's
     * {@code drain}. To be awaited after each {@code write}, or each few of them. <b>Yields</b> only then, or if the
     * writer is closing.
     *
     * @return a cold coroutine; it throws what the connection has failed with, a {@link java.net.SocketException} if it
     *     is gone without a failure
     */
    @CheckReturnValue
    Coroutine<@Nullable Void> drain();

    /** Closes the connection when what was written is sent; asyncio's {@code close}. Again: without effect. */
    @Override
    default void close() {
        transport().close();
    }

    /**
     * Whether the connection is closed or about to be; asyncio's {@code is_closing}.
     *
     * @return whether it is
     */
    default boolean isClosing() {
        return transport().isClosing();
    }

    /**
     * Waits until the connection is closed; asyncio's {@code wait_closed}. Does not close it.
     *
     * @return a cold coroutine; it throws what the connection has failed with
     */
    @CheckReturnValue
    Coroutine<@Nullable Void> waitClosed();

    /**
     * Says that nothing more will be written, so that the peer sees the end; asyncio's {@code write_eof}. See
     * {@link WriteTransport#writeEof()}.
     *
     * @throws UnsupportedOperationException if the connection is encrypted
     */
    default void writeEof() {
        transport().writeEof();
    }

    /**
     * Whether {@link #writeEof()} is possible; asyncio's {@code can_write_eof}.
     *
     * @return whether it is
     */
    default boolean canWriteEof() {
        return transport().canWriteEof();
    }

    /**
     * Encrypts the connection from now on; asyncio's {@code start_tls}. What was written is sent before. It is the
     * server's side if the connection was accepted by {@code startServer}. A failure closes the connection.
     *
     * @param options how to encrypt; for a client the server's name is to be given
     * @return a cold coroutine, which throws what the handshake fails with
     */
    @CheckReturnValue
    Coroutine<@Nullable Void> startTls(TlsOptions options);

    /**
     * As {@link #startTls(TlsOptions)}.
     *
     * @param context an initialized context
     * @param serverHostname for a client the server's name; otherwise null
     * @return a cold coroutine
     */
    @CheckReturnValue
    default Coroutine<@Nullable Void> startTls(SSLContext context, @Nullable String serverHostname) {
        return startTls(TlsOptions.of(context).withServerHostname(serverHostname));
    }

    /**
     * See {@link BaseTransport#getExtraInfo(String)}; asyncio's {@code get_extra_info}.
     *
     * @param name what to tell
     * @return what it stands for; null if there is no such thing
     */
    default @Nullable Object getExtraInfo(String name) {
        return transport().getExtraInfo(name);
    }

    /**
     * See {@link BaseTransport#getExtraInfo(String, Class)}.
     *
     * @param name what to tell
     * @param type its type
     * @param <T> its type
     * @return what it stands for; null if there is no such thing
     */
    default <T> @Nullable T getExtraInfo(String name, Class<T> type) {
        return transport().getExtraInfo(name, type);
    }

    /**
     * What lies below; asyncio's {@code transport}.
     *
     * @return the transport
     */
    Transport transport();
}
