package dev.asyncio.engine.files

import dev.asyncio.Coroutine
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.shield
import dev.asyncio.files.AsyncFiles
import dev.asyncio.files.TemporaryDirectory
import dev.asyncio.spi.NotOnAndroid
import java.nio.file.Path

/** A directory that is deleted in the end. Loop thread only. */
@NotOnAndroid
internal class TemporaryDirectoryImpl(private val loop: LoopImpl, private val path: Path) : TemporaryDirectory {
    private var closing: FutureImpl<Void?>? = null

    override fun path(): Path = path

    override fun close(): Coroutine<Void?> = Operation("$this.close") {
        val closing = closing ?: loop.ensureFuture(AsyncFiles.deleteRecursively(path)).also { closing = it }
        awaitFuture(shield(closing))
    }

    override fun toString(): String = "<TemporaryDirectory $path${if (closing == null) "" else " closed"}>"
}
