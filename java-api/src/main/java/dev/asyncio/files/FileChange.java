package dev.asyncio.files;

import dev.asyncio.spi.NotOnAndroid;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Something that happened to a file; what a {@link FileWatcher} gives. */
@NotOnAndroid
public final class FileChange {
    /** What may happen to a file. */
    @NotOnAndroid
    public enum Kind {
        /** It came to be, or was moved here. */
        CREATED,
        /** It was written to, or its attributes were changed. One write may be reported more than once. */
        MODIFIED,
        /** It is gone, or was moved away. */
        DELETED,
        /** More happened than could be kept: something, or everything, in that directory may have changed. */
        OVERFLOW
    }

    private final Kind kind;
    private final Path path;

    /**
     * A change.
     *
     * @param kind what happened
     * @param path to which file; for {@link Kind#OVERFLOW}, in which directory
     */
    public FileChange(Kind kind, Path path) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.path = Objects.requireNonNull(path, "path");
    }

    /**
     * What happened.
     *
     * @return the kind of change
     */
    public Kind kind() {
        return kind;
    }

    /**
     * To which file; for {@link Kind#OVERFLOW}, in which directory.
     *
     * @return the path: the name of the file in the directory that is watched, by the path that this was given by
     */
    public Path path() {
        return path;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileChange
                && ((FileChange) other).kind == kind
                && ((FileChange) other).path.equals(path);
    }

    @Override
    public int hashCode() {
        return kind.hashCode() * 31 + path.hashCode();
    }

    @Override
    public String toString() {
        return kind + " " + path;
    }
}
