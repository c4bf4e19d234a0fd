package dev.asyncio.files;

import dev.asyncio.AsyncIterator;
import dev.asyncio.CheckReturnValue;
import dev.asyncio.Coroutine;
import dev.asyncio.spi.Engine;
import dev.asyncio.spi.NotOnAndroid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of files, as it happens: an iteration without an end, on {@link java.nio.file.WatchService}.
 *
 * <pre>{@code
 * FileWatcher changes = await(FileWatcher.open(directory), IOException.class);
 * await(changes.forEach(change -> System.out.println(change)));
 * }</pre>
 *
 * <p>{@code forEach} and the like close it, as they do any iterator; whoever advances it by hand closes it, for which
 * there is also {@link #enter}. The iteration ends when it is closed, also for somebody who waits in {@code advance},
 * and when no watched directory is left. A directory that is deleted is itself reported as deleted.
 *
 * <p><b>Memory:</b> some thousand changes are kept until they are taken; those that come then are lost, and reported as
 * one {@link FileChange.Kind#OVERFLOW}. <b>Thread:</b> each watcher has a daemon thread until it or its loop is closed.
 * How soon a change is seen depends on the system: at once on Linux and Windows, within some seconds elsewhere.
 */
@NotOnAndroid
public interface FileWatcher extends AsyncIterator<FileChange>, AsyncCloseable {
    /**
     * Begins to watch: what happens after this coroutine has given its watcher is not missed.
     *
     * @param path a directory, of which all entries are watched, though not those of directories in it; or a file,
     *     which need not exist yet, but its directory must
     * @param more further ones, on the same file system
     * @return a cold coroutine. It throws {@link java.nio.file.NoSuchFileException} if a directory is missing, and
     *     another {@link java.io.IOException} if the system cannot watch any more
     */
    @CheckReturnValue
    static Coroutine<FileWatcher> open(Path path, Path... more) {
        List<Path> paths = new ArrayList<>();
        paths.add(Objects.requireNonNull(path, "path"));
        for (Path another : more) {
            paths.add(Objects.requireNonNull(another, "path"));
        }
        return Engine.get().files().watch(paths);
    }

    /** Ends the iteration, and the thread that belongs to it. */
    @Override
    @CheckReturnValue
    Coroutine<@Nullable Void> close();
}
