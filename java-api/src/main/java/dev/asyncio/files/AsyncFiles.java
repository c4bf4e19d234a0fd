package dev.asyncio.files;

import dev.asyncio.AsyncIterator;
import dev.asyncio.Asyncio;
import dev.asyncio.CheckReturnValue;
import dev.asyncio.Coroutine;
import dev.asyncio.VoidCallable;
import dev.asyncio.spi.Engine;
import dev.asyncio.spi.NotOnAndroid;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something done to a whole file or directory at once; what {@code aiofiles.os} and {@link Files} offer.
 *
 * <p>Each gives a cold coroutine that works on the loop's default executor and throws what the method of {@link Files}
 * throws. <b>Cancellation:</b> work that has begun goes on to its end.
 */
@NotOnAndroid
public final class AsyncFiles {
    private AsyncFiles() {}

    // Contents.

    /**
     * The bytes of a file.
     *
     * @param path the file
     * @return a cold coroutine
     */
    @CheckReturnValue
    public static Coroutine<byte[]> readBytes(Path path) {
        Objects.requireNonNull(path, "path");
        return Asyncio.toThread(() -> WholeFiles.readBytes(path));
    }

    /**
     * The text of a UTF-8 file.
     *
     * @param path the file
     * @return a cold coroutine; see {@link #readString(Path, Charset)}
     */
    @CheckReturnValue
    public static Coroutine<String> readString(Path path) {
        return readString(path, StandardCharsets.UTF_8);
    }

    /**
     * The text of a file.
     *
     * @param path the file
     * @param charset its charset
     * @return a cold coroutine that throws a {@link java.nio.charset.CharacterCodingException} if it is no such text
     */
    @CheckReturnValue
    public static Coroutine<String> readString(Path path, Charset charset) {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(charset, "charset");
        return Asyncio.toThread(() -> WholeFiles.readString(path, charset));
    }

    /**
     * The lines of a UTF-8 file.
     *
     * @param path the file
     * @return a cold coroutine; see {@link #readAllLines(Path, Charset)}
     */
    @CheckReturnValue
    public static Coroutine<List<String>> readAllLines(Path path) {
        return readAllLines(path, StandardCharsets.UTF_8);
    }

    /**
     * The lines of a file without their ends, which may be {@code \n}, {@code \r} and {@code \r\n}.
     *
     * @param path the file
     * @param charset its charset
     * @return a cold coroutine that throws a {@link java.nio.charset.CharacterCodingException} if it is no such text
     */
    @CheckReturnValue
    public static Coroutine<List<String>> readAllLines(Path path, Charset charset) {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(charset, "charset");
        return Asyncio.toThread(
                () -> WholeFiles.readString(path, charset).lines().collect(Collectors.toUnmodifiableList()));
    }

    /**
     * Writes a file, which is made, or emptied if it exists.
     *
     * @param path the file
     * @param data what it shall hold; not to be changed before the end
     * @return a cold coroutine
     */
    @CheckReturnValue
    public static Coroutine<@Nullable Void> write(Path path, byte[] data) {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(data, "data");
        return job(() -> Files.write(path, data));
    }

    /**
     * As {@link #write(Path, byte[])}, in UTF-8.
     *
     * @param path the file
     * @param text what it shall hold
     * @return a cold coroutine
     */
    @CheckReturnValue
    public static Coroutine<@Nullable Void> writeString(Path path, String text) {
        return writeString(path, text, StandardCharsets.UTF_8);
    }

    /**
     * As {@link #write(Path, byte[])}, for text.
     *
     * @param path the file
     * @param text what it shall hold
     * @param charset the file's charset
     * @return a cold coroutine that throws a {@link java.nio.charset.CharacterCodingException}, and leaves the file
     *     alone, if the charset lacks a character
     */
    @CheckReturnValue
    public static Coroutine<@Nullable Void> writeString(Path path, String text, Charset charset) {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(charset, "charset");
        return job(() -> Files.write(path, WholeFiles.encode(path, text, charset)));
    }

    /**
     * Writes at the end of a file, which is made if need be.
     *
     * @param path the file
     * @param data what is added; not to be changed before the end
     * @return a cold coroutine
     */
    @CheckReturnValue
    public static Coroutine<@Nullable Void> append(Path path, byte[] data) {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(data, "data");
        return job(() -> Files.write(path, data, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /**
     * As {@link #append(Path, byte[])}, in UTF-8.
     *
     * @param path the file
     * @param text what is added
     * @return a cold coroutine
     */
    @CheckReturnValue
    public static Coroutine<@Nullable Void> appendString(Path path, String text) {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(text, "text");
        return job(() -> Files.write(
                path,
                WholeFiles.encode(path, text, StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND));
    }

    // What there is.

    /**
     * Whether there is a file or directory; a link to nothing is none.
     *
     * @param path the file
     * @return a cold coroutine
     */
    @CheckReturnValue
    public static Coroutine<Boolean> exists(Path path) {
        Objects.requireNonNull(path, "path");
        return Asyncio.toThread(() -> Files.exists(path));
    }

    /**
     * Whether there is a directory.
     *
     * @param path the directory
     * @return a cold coroutine
     */
    @CheckReturnValue
    public static Coroutine<Boolean> isDirectory(Path path) {
        Objects.requireNonNull(path, "path");
        return Asyncio.toThread(() -> Files.isDirectory(path));
    }

    /**
     * Whether there is a file that is neither a directory nor a pipe or device.
     *
     * @param path the file
     * @return a cold coroutine
     */
    @CheckReturnValue
    public static Coroutine<Boolean> isRegularFile(Path path) {
        Objects.requireNonNull(path, "path");
        return Asyncio.toThread(() -> Files.isRegularFile(path));
    }

    /**
     * How large a file is.
     *
     * @param path the file
     * @return a cold coroutine of a number of bytes
     */
    @CheckReturnValue
    public static Coroutine<Long> size(Path path) {
        Objects.requireNonNull(path, "path");
        return Asyncio.toThread(() -> Files.size(path));
    }

    /**
     * When a file was written to.
     *
     * @param path the file
     * @return a cold coroutine
     */
    @CheckReturnValue
    public static Coroutine<FileTime> lastModified(Path path) {
        Objects.requireNonNull(path, "path");
        return Asyncio.toThread(() -> Files.getLastModifiedTime(path));
    }

    /**
     * The entries of a directory, in no order; {@code os.listdir}.
     *
     * @param directory the directory
     * @return a cold coroutine of a list that cannot be changed
     */
    @CheckReturnValue
    public static Coroutine<List<Path>> list(Path directory) {
        Objects.requireNonNull(directory, "directory");
        return Asyncio.toThread(() -> {
            try (Stream<Path> entries = Files.list(directory)) {
                return entries.collect(Collectors.toUnmodifiableList());
            }
        });
    }

    /**
     * A directory and all that is in it and in its directories; {@code os.walk}. Links are not followed.
     *
     * @param start where to begin
     * @return an iterator for one pass; each directory comes before its entries
     */
    @CheckReturnValue
    public static AsyncIterator<Path> walk(Path start) {
        return walk(start, Integer.MAX_VALUE);
    }

    /**
     * As {@link #walk(Path)}, down to some level.
     *
     * @param start where to begin
     * @param maxDepth how many levels of directories are read: 0 for none, 1 for the entries of the first
     * @return an iterator for one pass
     * @throws IllegalArgumentException if the depth is negative
     */
    @CheckReturnValue
    public static AsyncIterator<Path> walk(Path start, int maxDepth) {
        Objects.requireNonNull(start, "start");
        if (maxDepth < 0) {
            throw new IllegalArgumentException("maxDepth must not be negative: " + maxDepth);
        }
        return Engine.get().files().walk(start, maxDepth);
    }

    // Changes.

    /**
     * Deletes a file or an empty directory.
     *
     * @param path the file
     * @return a cold coroutine that throws {@link java.nio.file.NoSuchFileException} if there is none
     */
    @CheckReturnValue
    public static Coroutine<@Nullable Void> delete(Path path) {
        Objects.requireNonNull(path, "path");
        return job(() -> Files.delete(path));
    }

    /**
     * Deletes a file or an empty directory, if it exists.
     *
     * @param path the file
     * @return a cold coroutine that tells whether it existed
     */
    @CheckReturnValue
    public static Coroutine<Boolean> deleteIfExists(Path path) {
        Objects.requireNonNull(path, "path");
        return Asyncio.toThread(() -> Files.deleteIfExists(path));
    }

    /**
     * Deletes a directory with all that is in it, if it exists; {@code shutil.rmtree}. Links are deleted and not
     * followed.
     *
     * @param path a directory or file
     * @return a cold coroutine that throws the first failure, and has deleted what it could
     */
    @CheckReturnValue
    public static Coroutine<@Nullable Void> deleteRecursively(Path path) {
        Objects.requireNonNull(path, "path");
        return job(() -> WholeFiles.deleteRecursively(path));
    }

    /**
     * Copies a file; see {@link Files#copy(Path, Path, CopyOption...)}.
     *
     * @param source what to copy
     * @param target the new file
     * @param options for instance {@link java.nio.file.StandardCopyOption#REPLACE_EXISTING}
     * @return a cold coroutine
     */
    @CheckReturnValue
    public static Coroutine<@Nullable Void> copy(Path source, Path target, CopyOption... options) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
        CopyOption[] copied = options.clone();
        return job(() -> Files.copy(source, target, copied));
    }

    /**
     * Moves or renames a file; see {@link Files#move(Path, Path, CopyOption...)}.
     *
     * @param source what to move
     * @param target its new name
     * @param options for instance {@link java.nio.file.StandardCopyOption#ATOMIC_MOVE}
     * @return a cold coroutine
     */
    @CheckReturnValue
    public static Coroutine<@Nullable Void> move(Path source, Path target, CopyOption... options) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
        CopyOption[] copied = options.clone();
        return job(() -> Files.move(source, target, copied));
    }

    /**
     * Makes a directory and those that it lies in, where they do not exist; {@code os.makedirs}.
     *
     * @param directory the directory
     * @return a cold coroutine that throws {@link java.nio.file.FileAlreadyExistsException} if it is another file
     */
    @CheckReturnValue
    public static Coroutine<@Nullable Void> createDirectories(Path directory) {
        Objects.requireNonNull(directory, "directory");
        return job(() -> Files.createDirectories(directory));
    }

    private static Coroutine<@Nullable Void> job(VoidCallable work) {
        return Asyncio.toThread(work);
    }
}
