package dev.asyncio.engine.subprocess

import dev.asyncio.engine.LoopImpl
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.subprocess.Stdio
import dev.asyncio.subprocess.SubprocessOptions

/** The pipes of a process that has just started, as the JDK has made them, with a thread for each. */
@NotOnAndroid
internal class ThreadPipes(
    private val loop: LoopImpl,
    private val process: Process,
    private val options: SubprocessOptions,
) {
    private val threadName = "asyncio-process-${process.pid()}"

    /**
     * Makes them, has [told] tell of them, and then goes on as the thread that reads the first of them. It has that one
     * in hand before the JDK may close it, if the process ends at once: see [PipeReader]. The JDK closes standard output
     * first, so that this one protects standard error too.
     */
    fun run(told: (WritePipe?, ReadPipe?, ReadPipe?) -> Unit) {
        val readsOutput = options.stdout().kind() == Stdio.Kind.PIPE
        synchronized(if (readsOutput) process.inputStream else process.errorStream) {
            val stdout = ifPipe(options.stdout()) {
                PipeReader(process.inputStream, "$threadName-stdout", holding = true)
            }
            val stderr = ifPipe(options.stderr()) {
                PipeReader(process.errorStream, "$threadName-stderr", holding = true)
            }
            val stdin = ifPipe(options.stdin()) { PipeWriter(process.outputStream, "$threadName-stdin") }
            if (stdout != null) stderr?.start()
            told(
                stdin?.let { ThreadWritePipe(loop, process.outputStream, it) },
                stdout?.let { ThreadReadPipe(loop, process.inputStream, it) },
                stderr?.let { ThreadReadPipe(loop, process.errorStream, it) },
            )
            (stdout ?: stderr)?.run()
        }
    }

    private inline fun <T> ifPipe(stdio: Stdio, make: () -> T): T? =
        if (stdio.kind() == Stdio.Kind.PIPE) make() else null
}
