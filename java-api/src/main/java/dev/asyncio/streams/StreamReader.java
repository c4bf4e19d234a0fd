package dev.asyncio.streams;

import dev.asyncio.AsyncIterator;
import dev.asyncio.CheckReturnValue;
import dev.asyncio.Coroutine;
import dev.asyncio.spi.NotOnAndroid;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of a connection are read; asyncio's {@code StreamReader}.
 *
 * <p><b>Yields</b> only if what is asked for has not arrived. <b>One at a time:</b> a second read while one waits is an
 * {@link IllegalStateException}. <b>Cancellation:</b> what has arrived stays for the next read. <b>Memory:</b> reading
 * from the connection pauses when more than twice the limit is buffered, unless somebody waits for more. <b>After a
 * failure</b> of the connection every read throws it. <b>Thread:</b> the loop's.
 */
@NotOnAndroid
public interface StreamReader {
    /**
     * Reads some bytes; asyncio's {@code read(n)}.
     *
     * @param maxBytes how many at most; negative to read to the end
     * @return a cold coroutine: as many bytes as there are, one or more; none at the end, or if none are asked for
     */
    @CheckReturnValue
    Coroutine<byte[]> read(int maxBytes);

    /**
     * Reads to the end; asyncio's {@code read()}. The limit does not apply.
     *
     * @return a cold coroutine of all that is left
     */
    @CheckReturnValue
    default Coroutine<byte[]> read() {
        return read(-1);
    }

    /**
     * Reads some bytes into a buffer.
     *
     * @param buffer takes up to its remaining bytes, and its position moves behind them
     * @return a cold coroutine of their number: as many as there are, one or more; 0 at the end, or if there is no room
     */
    @CheckReturnValue
    Coroutine<Integer> readInto(ByteBuffer buffer);

    /**
     * Reads exactly so many bytes; asyncio's {@code readexactly}. The limit does not apply.
     *
     * @param count how many
     * @return a cold coroutine; at the end of the stream it throws {@link dev.asyncio.IncompleteReadException} with
     *     what was left
     * @throws IllegalArgumentException if the number is negative
     */
    @CheckReturnValue
    Coroutine<byte[]> readExactly(int count);

    /**
     * Reads a line; asyncio's {@code readline}.
     *
     * @return a cold coroutine of the bytes up to and including {@code \n}; without it at the end of the stream, and
     *     none after that. Of a line longer than the limit it throws {@link IllegalArgumentException} and drops what is
     *     there of it
     */
    @CheckReturnValue
    Coroutine<byte[]> readLine();

    /**
     * As {@link #readLine()}, as text.
     *
     * @param charset how the text is encoded
     * @return a cold coroutine of the line with its {@code \n}; of {@code ""} after the end
     */
    @CheckReturnValue
    Coroutine<String> readLine(Charset charset);

    /**
     * Reads up to and including a separator; asyncio's {@code readuntil}.
     *
     * @param separators one, or several of which the one that ends first counts; they are not to be changed
     * @return a cold coroutine; it throws {@link dev.asyncio.IncompleteReadException} at the end of the stream, with
     *     what was left, and {@link dev.asyncio.LimitOverrunException} if there is no separator within the limit,
     *     leaving everything in place
     * @throws IllegalArgumentException if there is no separator or an empty one
     */
    @CheckReturnValue
    Coroutine<byte[]> readUntil(byte[]... separators);

    /**
     * The lines to come, each with its {@code \n}, until the end; asyncio's {@code async for line in reader}.
     *
     * @return a new iterator, which fails as {@link #readLine()} does
     */
    AsyncIterator<byte[]> iterator();

    /**
     * The lines to come as text, each without its {@code \n} or {@code \r\n}, until the end.
     *
     * @param charset how the text is encoded
     * @return a new iterator, which fails as {@link #readLine()} does
     */
    AsyncIterator<String> lines(Charset charset);

    /**
     * Whether all was read; asyncio's {@code at_eof}.
     *
     * @return true once the peer has ended the stream and nothing is left
     */
    boolean atEof();

    /**
     * What the connection has failed with; asyncio's {@code exception}.
     *
     * @return the failure; null if there is none
     */
    @Nullable Throwable exception();
}
