package dev.asyncio.engine.files

import dev.asyncio.AsyncIterator
import dev.asyncio.Coroutine
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.awaitSuspending
import dev.asyncio.engine.await.currentLoop
import dev.asyncio.engine.iteration.awaitClosing
import dev.asyncio.engine.iteration.closeAfter
import dev.asyncio.files.AsyncCloseable
import dev.asyncio.files.AsyncFile
import dev.asyncio.files.AsyncTextFile
import dev.asyncio.files.FileMode
import dev.asyncio.files.FileOptions
import dev.asyncio.files.FileWatcher
import dev.asyncio.files.TemporaryDirectory
import dev.asyncio.spi.FilesProvider
import dev.asyncio.spi.NotOnAndroid
import java.nio.charset.Charset
import java.nio.file.Files
import java.nio.file.Path

/** The facade's way to files. Thread-safe; what it makes is not. */
@NotOnAndroid
internal object FilesFactory : FilesProvider {
    // The work is in functions of this class, since what is compiled of a lambda does not take over its annotation.

    override fun open(path: Path, options: FileOptions): Coroutine<AsyncFile> =
        Operation("open $path") { opened(options) { ByteFile.open(path, options) } }

    override fun openText(path: Path, options: FileOptions, charset: Charset): Coroutine<AsyncTextFile> =
        Operation("open $path") { openedText(options, charset) { ByteFile.open(path, options) } }

    override fun openTemporary(prefix: String, suffix: String): Coroutine<AsyncFile> =
        Operation("openTemporary") { opened(TEMPORARY) { temporary(prefix, suffix) } }

    override fun openTemporaryText(prefix: String, suffix: String, charset: Charset): Coroutine<AsyncTextFile> =
        Operation("openTemporary") { openedText(TEMPORARY, charset) { temporary(prefix, suffix) } }

    override fun openTemporaryDirectory(prefix: String): Coroutine<TemporaryDirectory> =
        Operation("openTemporaryDirectory") { newDirectory(prefix) }

    override fun <T> enter(resource: AsyncCloseable, body: Coroutine<T>): Coroutine<T> = Operation("$resource.enter") {
        closing(resource) { awaitSuspending(body) }
    }

    override fun walk(start: Path, maxDepth: Int): AsyncIterator<Path> = DirectoryWalk(start, maxDepth)

    override fun watch(paths: List<Path>): Coroutine<FileWatcher> = Operation("watch $paths") { newWatcher(paths) }

    private fun temporary(prefix: String, suffix: String): ByteFile =
        ByteFile.open(Files.createTempFile(prefix, suffix), TEMPORARY, deleteOnClose = true)

    private suspend fun opened(options: FileOptions, open: () -> ByteFile): AsyncFile {
        val loop = currentLoop()
        return AsyncFileImpl(loop, made(loop, open) { it.close() }, options.mode())
    }

    private suspend fun openedText(options: FileOptions, charset: Charset, open: () -> ByteFile): AsyncTextFile {
        val loop = currentLoop()
        return AsyncTextFileImpl(loop, made(loop, open) { it.close() }, options.mode(), charset)
    }

    private suspend fun newDirectory(prefix: String): TemporaryDirectory {
        val loop = currentLoop()
        return TemporaryDirectoryImpl(loop, made(loop, { Files.createTempDirectory(prefix) }) { Files.delete(it) })
    }

    private suspend fun newWatcher(paths: List<Path>): FileWatcher {
        val loop = currentLoop()
        return FileWatcherImpl(loop, made(loop, { WatchedPaths.open(paths) }) { it.service.close() })
    }

    /** What [make] gives on the executor; [discard]ed if the caller is cancelled or the loop is closed meanwhile. */
    private suspend fun <T : Any> made(loop: LoopImpl, make: () -> T, discard: (T) -> Unit): T {
        val making = Making(loop, make, discard)
        val jobs = FileJobs(loop)
        return jobs.run(undo = { jobs.submitIrrevocable(making::discard) }, making::make).also { making.taken() }
    }

    private val TEMPORARY = FileOptions.DEFAULT.withMode(FileMode.WRITE_READ)
}

/** Runs [body] and closes [resource] however it ends. */
@NotOnAndroid
internal suspend inline fun <T> closing(resource: AsyncCloseable, body: () -> T): T {
    val value =
        try {
            body()
        } catch (e: Throwable) {
            closeAfter(e) { resource.close() }
            throw e
        }
    awaitClosing(resource.close())
    return value
}
