package dev.asyncio.engine.files

import dev.asyncio.Coroutine
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.shield
import dev.asyncio.files.TemporaryDirectory
import dev.asyncio.spi.NotOnAndroid
import java.nio.file.Path
import kotlin.io.path.ExperimentalPathApi
import kotlin.io.path.deleteRecursively

/** A directory that is deleted in the end. Loop thread only. */
@NotOnAndroid
internal class TemporaryDirectoryImpl(private val loop: LoopImpl, private val path: Path) : TemporaryDirectory {
    private var closing: FutureImpl<Unit>? = null

    override fun path(): Path = path

    override fun close(): Coroutine<Void?> = Operation("$this.close") {
        val closing = closing ?: FileJobs(loop).submitIrrevocable(::delete).also { closing = it }
        awaitFuture(shield(closing))
        null
    }

    @OptIn(ExperimentalPathApi::class)
    private fun delete() = path.deleteRecursively()

    override fun toString(): String = "<TemporaryDirectory $path${if (closing == null) "" else " closed"}>"
}
