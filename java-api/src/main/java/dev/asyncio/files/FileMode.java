package dev.asyncio.files;

import dev.asyncio.spi.NotOnAndroid;

/** What a file is opened for, and what becomes of what it holds; the mode of Python's {@code open}. */
@NotOnAndroid
public enum FileMode {
    /** {@code r}: reads a file that exists. */
    READ("r", true, false),
    /** {@code w}: writes a file, which is made, or emptied if it exists. */
    WRITE("w", false, true),
    /** {@code a}: writes at the end of a file, which is made if need be. */
    APPEND("a", false, true),
    /** {@code x}: writes a file that does not exist yet. */
    CREATE("x", false, true),
    /** {@code r+}: reads and writes a file that exists. */
    READ_WRITE("r+", true, true),
    /** {@code w+}: reads and writes a file, which is made, or emptied if it exists. */
    WRITE_READ("w+", true, true),
    /** {@code a+}: reads a file and writes at its end, wherever it was read; the file is made if need be. */
    APPEND_READ("a+", true, true),
    /** {@code x+}: reads and writes a file that does not exist yet. */
    CREATE_READ("x+", true, true);

    private final String symbol;
    private final boolean readable;
    private final boolean writable;

    FileMode(String symbol, boolean readable, boolean writable) {
        this.symbol = symbol;
        this.readable = readable;
        this.writable = writable;
    }

    /**
     * The mode that Python writes so.
     *
     * @param symbol {@code r w a x}, or one of them with {@code +}. There is neither {@code b} nor {@code t}: bytes are
     *     for {@link AsyncFile}, text is for {@link AsyncTextFile}
     * @return the mode
     * @throws IllegalArgumentException if there is none
     */
    public static FileMode of(String symbol) {
        for (FileMode mode : values()) {
            if (mode.symbol.equals(symbol)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("unknown file mode '" + symbol
                + "': it is one of r w a x r+ w+ a+ x+ (AsyncFile is for bytes, AsyncTextFile for text)");
    }

    /**
     * As Python writes it.
     *
     * @return for instance {@code r+}
     */
    public String symbol() {
        return symbol;
    }

    /**
     * Whether the file can be read from.
     *
     * @return whether it can
     */
    public boolean isReadable() {
        return readable;
    }

    /**
     * Whether the file can be written to.
     *
     * @return whether it can
     */
    public boolean isWritable() {
        return writable;
    }
}
