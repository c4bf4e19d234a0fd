package dev.asyncio.engine.subprocess

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.threads.deliver
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.subprocess.Stdio
import dev.asyncio.subprocess.SubprocessOptions

/** A process that has just begun, and what writes to and reads from its pipes. */
@NotOnAndroid
internal class StartedProcess(val process: Process, val program: String, options: SubprocessOptions) {
    private val threadName = "asyncio-process-${process.pid()}"

    val stdin: PipeWriter? = ifPipe(options.stdin()) { PipeWriter(process.outputStream, "$threadName-stdin") }

    val stdout: PipeReader? = ifPipe(options.stdout()) {
        PipeReader(process.inputStream, "$threadName-stdout", holding = true)
    }

    val stderr: PipeReader? = ifPipe(options.stderr()) {
        PipeReader(process.errorStream, "$threadName-stderr", holding = true)
    }

    private inline fun <T> ifPipe(stdio: Stdio, make: () -> T): T? =
        if (stdio.kind() == Stdio.Kind.PIPE) make() else null

    /** Nobody wants it any more. */
    fun discard() {
        process.toHandle().destroyForcibly()
        stdin?.abort()
        stdout?.close()
        stderr?.close()
    }

    suspend fun awaitExit(loop: LoopImpl) {
        val exited = FutureImpl<Unit>(loop)
        process.onExit().thenRun { loop.deliver { if (!exited.done()) exited.setResult(Unit) } }
        awaitFuture(exited)
    }
}
