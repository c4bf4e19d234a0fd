package dev.asyncio.files;

import dev.asyncio.AsyncIterator;
import dev.asyncio.CheckReturnValue;
import dev.asyncio.Coroutine;
import dev.asyncio.spi.Engine;
import dev.asyncio.spi.NotOnAndroid;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/**
 * An open file of text; what {@code aiofiles.open} gives in its text modes.
 *
 * <pre>{@code
 * AsyncTextFile log = await(AsyncTextFile.open(path), IOException.class);
 * await(log.enter(() -> await(log.lines().forEach(line -> System.out.print(line)))));
 * }</pre>
 *
 * <p>Lines end with {@code \n}, and nothing is translated: a {@code \r} before it is part of the line. What is no text
 * in the file's charset is a {@link java.nio.charset.CharacterCodingException} that says where, when it is read and
 * when it is written.
 *
 * <p>In {@code UTF-16} and other charsets whose byte order is told by the file's first bytes, what is written has the
 * order of the text that is there. Text written to the beginning of a file gets those bytes.
 *
 * <p>Positions are counted in bytes. In charsets with shifts, such as {@code ISO-2022-JP}, {@link #tell} and
 * {@link #seek} work for the beginning and the end only.
 *
 * <p>Reading is buffered. <b>Yields:</b> a read that finds its text in the buffer does not.
 */
@NotOnAndroid
public interface AsyncTextFile extends OpenFile {
    /**
     * Opens a UTF-8 file for reading; {@code open(path)}.
     *
     * @param path the file
     * @return a cold coroutine; see {@link #open(Path, FileOptions, Charset)}
     */
    @CheckReturnValue
    static Coroutine<AsyncTextFile> open(Path path) {
        return open(path, FileMode.READ);
    }

    /**
     * Opens a UTF-8 file.
     *
     * @param path the file
     * @param mode what for
     * @return a cold coroutine; see {@link #open(Path, FileOptions, Charset)}
     */
    @CheckReturnValue
    static Coroutine<AsyncTextFile> open(Path path, FileMode mode) {
        return open(path, mode, StandardCharsets.UTF_8);
    }

    /**
     * Opens a file.
     *
     * @param path the file
     * @param mode what for
     * @param charset its charset
     * @return a cold coroutine; see {@link #open(Path, FileOptions, Charset)}
     */
    @CheckReturnValue
    static Coroutine<AsyncTextFile> open(Path path, FileMode mode, Charset charset) {
        return open(path, FileOptions.DEFAULT.withMode(mode), charset);
    }

    /**
     * Opens a file with options.
     *
     * @param path the file
     * @param options mode and buffer
     * @param charset its charset
     * @return a cold coroutine, which throws what that of {@link AsyncFile#open(Path, FileOptions)} does
     * @throws UnsupportedOperationException if the file is to be written and the charset cannot encode
     */
    @CheckReturnValue
    static Coroutine<AsyncTextFile> open(Path path, FileOptions options, Charset charset) {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(charset, "charset");
        if (options.mode().isWritable() && !charset.canEncode()) {
            throw new UnsupportedOperationException("nothing can be written in the charset " + charset);
        }
        return Engine.get().files().openText(path, options, charset);
    }

    /**
     * Makes a UTF-8 file as {@link AsyncFile#openTemporary()} does.
     *
     * @return a cold coroutine
     */
    @CheckReturnValue
    static Coroutine<AsyncTextFile> openTemporary() {
        return openTemporary("", ".tmp", StandardCharsets.UTF_8);
    }

    /**
     * As {@link #openTemporary()}.
     *
     * @param prefix what the name begins with
     * @param suffix what the name ends with
     * @param charset the file's charset
     * @return a cold coroutine
     * @throws UnsupportedOperationException if the charset cannot encode
     */
    @CheckReturnValue
    static Coroutine<AsyncTextFile> openTemporary(String prefix, String suffix, Charset charset) {
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(suffix, "suffix");
        if (!charset.canEncode()) {
            throw new UnsupportedOperationException("nothing can be written in the charset " + charset);
        }
        return Engine.get().files().openTemporaryText(prefix, suffix, charset);
    }

    /**
     * The charset.
     *
     * @return the one the file was opened with
     */
    Charset charset();

    /**
     * Reads all that is left; {@code read()}.
     *
     * @return a cold coroutine of the text, empty at the end of the file
     */
    @CheckReturnValue
    Coroutine<String> read();

    /**
     * Reads a number of {@code char}s; {@code read(n)}. A surrogate pair is not divided: then it is one more.
     *
     * @param n how many
     * @return a cold coroutine of the text, shorter only if the file ends before
     * @throws IllegalArgumentException if the number is negative
     */
    @CheckReturnValue
    Coroutine<String> read(int n);

    /**
     * Reads a line; {@code readline}.
     *
     * @return a cold coroutine of the line with its {@code \n}, which only the last line of a file may lack; an empty
     *     string at the end of the file
     */
    @CheckReturnValue
    Coroutine<String> readLine();

    /**
     * The lines from the current position on, as {@link #readLine} gives them; {@code async for line in file}. The
     * iteration ends at the end of the file, and does not close it.
     *
     * @return an iterator that moves this file's position
     */
    @CheckReturnValue
    AsyncIterator<String> lines();

    /**
     * Writes text; {@code write}. Of a text that cannot be encoded nothing is written.
     *
     * @param text the text
     * @return a cold coroutine of its length
     */
    @CheckReturnValue
    Coroutine<Integer> write(String text);
}
