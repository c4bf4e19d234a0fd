package dev.asyncio.files;

import dev.asyncio.CheckReturnValue;
import dev.asyncio.Coroutine;
import dev.asyncio.spi.NotOnAndroid;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What open files have in common, whether they are read as bytes or as text.
 *
 * <p><b>Order:</b> operations on one file are done one after the other, in the order in which they are awaited.
 * <b>Cancellation:</b> an operation that has not begun has no effect. A read that has begun is finished and undone: the
 * next one finds the same bytes, unless it is a pipe or a device, which gives its bytes only once. Whatever else has
 * begun is finished.
 *
 * <p>Operations throw {@link IllegalStateException} on a file that is closed or was opened on another loop, {@link
 * UnsupportedOperationException} if the file's mode does not allow them, and an {@link java.io.IOException} that names
 * the file if the system refuses.
 */
@NotOnAndroid
public interface OpenFile extends AsyncCloseable {
    /**
     * The file.
     *
     * @return the path it was opened by
     */
    Path path();

    /**
     * What it is open for.
     *
     * @return the mode
     */
    FileMode mode();

    /**
     * Whether {@link #close} was awaited.
     *
     * @return whether it was
     */
    boolean isClosed();

    /**
     * Moves to a position, which may be beyond the end; Python's {@code seek}.
     *
     * @param position counted in bytes from the beginning
     * @return a cold coroutine of the new position
     * @throws IllegalArgumentException if the position is negative
     */
    @CheckReturnValue
    Coroutine<Long> seek(long position);

    /**
     * Moves to the end; Python's {@code seek(0, SEEK_END)}.
     *
     * @return a cold coroutine of the new position
     */
    @CheckReturnValue
    Coroutine<Long> seekToEnd();

    /**
     * Where the next read begins, and the next write unless it appends; Python's {@code tell}.
     *
     * @return a cold coroutine of a number of bytes from the beginning
     */
    @CheckReturnValue
    Coroutine<Long> tell();

    /**
     * How large the file is now.
     *
     * @return a cold coroutine of a number of bytes
     */
    @CheckReturnValue
    Coroutine<Long> size();

    /**
     * Cuts the file off at the current position; Python's {@code truncate}.
     *
     * @return a cold coroutine of the new size
     */
    @CheckReturnValue
    Coroutine<Long> truncate();

    /**
     * Cuts the file off, or fills it up with zeros; Python's {@code truncate(size)}. The position stays.
     *
     * @param size the new size in bytes
     * @return a cold coroutine of the new size
     * @throws IllegalArgumentException if the size is negative
     */
    @CheckReturnValue
    Coroutine<Long> truncate(long size);

    /**
     * Waits until all that was written is with the system, so that other programs see it; Python's {@code flush}.
     *
     * @return a cold coroutine
     */
    @CheckReturnValue
    Coroutine<@Nullable Void> flush();

    /**
     * Waits until all that was written is on the storage device; Python's {@code os.fsync}.
     *
     * @return a cold coroutine
     */
    @CheckReturnValue
    Coroutine<@Nullable Void> sync();
}
