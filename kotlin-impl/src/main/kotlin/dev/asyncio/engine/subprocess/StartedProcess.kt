package dev.asyncio.engine.subprocess

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.threads.deliver
import dev.asyncio.spi.NotOnAndroid

/** A process that has just begun, who watches it, and the ends of its pipes. */
@NotOnAndroid
internal class StartedProcess(
    val process: Process,
    val watcher: ChildWatcher,
    val program: String,
    val stdin: WritePipe?,
    val stdout: ReadPipe?,
    val stderr: ReadPipe?,
) {
    /** Nobody wants it any more, and nobody has opened its pipes. */
    fun discard() {
        process.toHandle().destroyForcibly()
        stdin?.close()
        stdout?.close()
        stderr?.close()
    }

    suspend fun awaitExit(loop: LoopImpl) {
        val exited = FutureImpl<Unit>(loop)
        watcher.onExit { loop.deliver { if (!exited.done()) exited.setResult(Unit) } }
        awaitFuture(exited)
    }
}
