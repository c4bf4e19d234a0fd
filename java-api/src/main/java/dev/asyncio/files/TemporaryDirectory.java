package dev.asyncio.files;

import dev.asyncio.CheckReturnValue;
import dev.asyncio.Coroutine;
import dev.asyncio.spi.Engine;
import dev.asyncio.spi.NotOnAndroid;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A new directory that is deleted with all that is in it when it is closed; {@code tempfile.TemporaryDirectory}.
 *
 * <pre>{@code
 * TemporaryDirectory directory = await(TemporaryDirectory.open(), IOException.class);
 * await(directory.enter(() -> await(unpack(archive, directory.path()))));
 * }</pre>
 */
@NotOnAndroid
public interface TemporaryDirectory extends AsyncCloseable {
    /**
     * Makes a directory with a new name in the system's directory for temporary files.
     *
     * @return a cold coroutine
     */
    @CheckReturnValue
    static Coroutine<TemporaryDirectory> open() {
        return open("");
    }

    /**
     * As {@link #open()}.
     *
     * @param prefix what the name begins with
     * @return a cold coroutine
     */
    @CheckReturnValue
    static Coroutine<TemporaryDirectory> open(String prefix) {
        return Engine.get().files().openTemporaryDirectory(Objects.requireNonNull(prefix, "prefix"));
    }

    /**
     * The directory.
     *
     * @return its path
     */
    Path path();
}
