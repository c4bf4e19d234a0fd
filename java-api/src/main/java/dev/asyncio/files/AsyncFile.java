package dev.asyncio.files;

import dev.asyncio.AsyncIterator;
import dev.asyncio.CheckReturnValue;
import dev.asyncio.Coroutine;
import dev.asyncio.spi.Engine;
import dev.asyncio.spi.NotOnAndroid;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;

/**
 * An open file of bytes; what {@code aiofiles.open} gives in its binary modes.
 *
 * <pre>{@code
 * AsyncFile file = await(AsyncFile.open(path, FileMode.WRITE), IOException.class);
 * await(file.enter(() -> {
 *     await(file.write(header));
 *     await(file.write(body));
 * }));
 * }</pre>
 *
 * <p>Reading is buffered. <b>Yields:</b> a read that finds its bytes in the buffer does not.
 */
@NotOnAndroid
public interface AsyncFile extends OpenFile {
    /**
     * Opens a file for reading; {@code open(path, "rb")}.
     *
     * @param path the file
     * @return a cold coroutine
     */
    @CheckReturnValue
    static Coroutine<AsyncFile> open(Path path) {
        return open(path, FileOptions.DEFAULT);
    }

    /**
     * Opens a file.
     *
     * @param path the file
     * @param mode what for
     * @return a cold coroutine; see {@link #open(Path, FileOptions)}
     */
    @CheckReturnValue
    static Coroutine<AsyncFile> open(Path path, FileMode mode) {
        return open(path, FileOptions.DEFAULT.withMode(mode));
    }

    /**
     * Opens a file with options.
     *
     * @param path the file
     * @param options mode and buffer
     * @return a cold coroutine. It throws {@link java.nio.file.NoSuchFileException} if the file or its directory is
     *     missing, {@link java.nio.file.FileAlreadyExistsException} if it was to be a new one, {@link
     *     java.nio.file.AccessDeniedException} if there is no permission, and another {@link
     *     java.nio.file.FileSystemException} if it is a directory
     */
    @CheckReturnValue
    static Coroutine<AsyncFile> open(Path path, FileOptions options) {
        Objects.requireNonNull(path, "path");
        return Engine.get().files().open(path, Objects.requireNonNull(options, "options"));
    }

    /**
     * Makes a file with a new name in the system's directory for temporary files, open for reading and writing, and
     * deleted when it is closed; {@code tempfile.NamedTemporaryFile}.
     *
     * @return a cold coroutine
     */
    @CheckReturnValue
    static Coroutine<AsyncFile> openTemporary() {
        return openTemporary("", ".tmp");
    }

    /**
     * As {@link #openTemporary()}.
     *
     * @param prefix what the name begins with
     * @param suffix what the name ends with
     * @return a cold coroutine
     */
    @CheckReturnValue
    static Coroutine<AsyncFile> openTemporary(String prefix, String suffix) {
        Objects.requireNonNull(prefix, "prefix");
        return Engine.get().files().openTemporary(prefix, Objects.requireNonNull(suffix, "suffix"));
    }

    /**
     * Reads all that is left; {@code read()}.
     *
     * @return a cold coroutine of the bytes, none at the end of the file
     */
    @CheckReturnValue
    Coroutine<byte[]> read();

    /**
     * Reads a number of bytes; {@code read(n)}.
     *
     * @param n how many
     * @return a cold coroutine of the bytes, fewer only if the file ends before
     * @throws IllegalArgumentException if the number is negative
     */
    @CheckReturnValue
    Coroutine<byte[]> read(int n);

    /**
     * Reads a line; {@code readline}.
     *
     * @return a cold coroutine of the line with its line feed, which only the last line of a file may lack; no bytes at
     *     the end of the file
     */
    @CheckReturnValue
    Coroutine<byte[]> readLine();

    /**
     * The lines from the current position on, as {@link #readLine} gives them; {@code async for line in file}. The
     * iteration ends at the end of the file, and does not close it.
     *
     * @return an iterator that moves this file's position
     */
    @CheckReturnValue
    AsyncIterator<byte[]> lines();

    /**
     * Writes all of some bytes; {@code write}.
     *
     * @param data the bytes, copied when this is awaited
     * @return a cold coroutine of their number
     */
    @CheckReturnValue
    Coroutine<Integer> write(byte[] data);

    /**
     * As {@link #write(byte[])}, from a buffer.
     *
     * @param data what remains in it is copied when this is awaited, and its position moved to the limit
     * @return a cold coroutine of the number of bytes
     */
    @CheckReturnValue
    Coroutine<Integer> write(ByteBuffer data);
}
