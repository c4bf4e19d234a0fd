package dev.asyncio.files;

import dev.asyncio.spi.NotOnAndroid;
import java.util.Objects;

/** Immutable options of an open file. */
@NotOnAndroid
public final class FileOptions {
    /** For reading, with a buffer of 64 KiB. */
    public static final FileOptions DEFAULT = new FileOptions(FileMode.READ, 1 << 16);

    private final FileMode mode;
    private final int bufferSize;

    private FileOptions(FileMode mode, int bufferSize) {
        this.mode = mode;
        this.bufferSize = bufferSize;
    }

    /**
     * These options with another mode.
     *
     * @param mode what the file is opened for
     * @return the new options
     */
    public FileOptions withMode(FileMode mode) {
        return new FileOptions(Objects.requireNonNull(mode, "mode"), bufferSize);
    }

    /**
     * These options with another buffer for reading. Writing needs none: what was written is with the system.
     *
     * @param bufferSize how many bytes are read ahead
     * @return the new options
     * @throws IllegalArgumentException if it is not positive
     */
    public FileOptions withBufferSize(int bufferSize) {
        if (bufferSize <= 0) {
            throw new IllegalArgumentException("bufferSize must be positive: " + bufferSize);
        }
        return new FileOptions(mode, bufferSize);
    }

    /**
     * See {@link #withMode}.
     *
     * @return the mode
     */
    public FileMode mode() {
        return mode;
    }

    /**
     * See {@link #withBufferSize}.
     *
     * @return a number of bytes
     */
    public int bufferSize() {
        return bufferSize;
    }

    @Override
    public String toString() {
        return "FileOptions[mode=" + mode.symbol() + ", bufferSize=" + bufferSize + "]";
    }
}
