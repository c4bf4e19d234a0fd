package dev.asyncio.spi;

import dev.asyncio.AsyncIterator;
import dev.asyncio.Coroutine;
import dev.asyncio.files.AsyncCloseable;
import dev.asyncio.files.AsyncFile;
import dev.asyncio.files.AsyncTextFile;
import dev.asyncio.files.FileOptions;
import dev.asyncio.files.FileWatcher;
import dev.asyncio.files.TemporaryDirectory;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The engine's side of {@code dev.asyncio.files}. What is not null is checked by the facade. */
@NotOnAndroid
public interface FilesProvider {
    Coroutine<AsyncFile> open(Path path, FileOptions options);

    Coroutine<AsyncTextFile> openText(Path path, FileOptions options, Charset charset);

    Coroutine<AsyncFile> openTemporary(String prefix, String suffix);

    Coroutine<AsyncTextFile> openTemporaryText(String prefix, String suffix, Charset charset);

    Coroutine<TemporaryDirectory> openTemporaryDirectory(String prefix);

    <T extends @Nullable Object> Coroutine<T> enter(AsyncCloseable resource, Coroutine<T> body);

    AsyncIterator<Path> walk(Path start, int maxDepth);

    Coroutine<FileWatcher> watch(List<Path> paths);
}
