package dev.asyncio.subprocess;

import dev.asyncio.spi.NotOnAndroid;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a standard stream of a process comes from or goes to; immutable. asyncio's {@code PIPE} and the like. */
@NotOnAndroid
public final class Stdio {
    /** The kinds of them. */
    public enum Kind {
        /** See {@link Stdio#INHERIT}. */
        INHERIT,
        /** See {@link Stdio#PIPE}. */
        PIPE,
        /** See {@link Stdio#DEVNULL}. */
        DEVNULL,
        /** See {@link Stdio#STDOUT}. */
        STDOUT,
        /** See {@link Stdio#file}. */
        FILE,
        /** See {@link Stdio#appendTo}. */
        APPEND
    }

    /** The one that this JVM has; asyncio's {@code None}. */
    public static final Stdio INHERIT = new Stdio(Kind.INHERIT, null);

    /** A pipe to this program; asyncio's {@code PIPE}. */
    public static final Stdio PIPE = new Stdio(Kind.PIPE, null);

    /** Nothing: reading gives the end at once, what is written is dropped; asyncio's {@code DEVNULL}. */
    public static final Stdio DEVNULL = new Stdio(Kind.DEVNULL, null);

    /** For the standard error only: wherever the standard output goes; asyncio's {@code STDOUT}. */
    public static final Stdio STDOUT = new Stdio(Kind.STDOUT, null);

    private final Kind kind;
    private final @Nullable Path path;

    private Stdio(Kind kind, @Nullable Path path) {
        this.kind = kind;
        this.path = path;
    }

    /**
     * A file: read from its start, or written from there and made anew.
     *
     * @param path the file
     * @return the new object
     */
    public static Stdio file(Path path) {
        return new Stdio(Kind.FILE, Objects.requireNonNull(path, "path"));
    }

    /**
     * A file that is written at its end, and made if there is none. Not for the standard input.
     *
     * @param path the file
     * @return the new object
     */
    public static Stdio appendTo(Path path) {
        return new Stdio(Kind.APPEND, Objects.requireNonNull(path, "path"));
    }

    /**
     * The kind.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The file, of the two kinds that have one.
     *
     * @return the file; null for the other kinds
     */
    public @Nullable Path path() {
        return path;
    }

    @Override
    public String toString() {
        return path == null ? kind.name() : kind + "(" + path + ")";
    }
}
