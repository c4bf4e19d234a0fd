package dev.asyncio.engine.subprocess

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.await.currentTaskOrNull
import dev.asyncio.engine.loop.Undelivered
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.isCancellation
import dev.asyncio.engine.tasks.shield
import dev.asyncio.engine.tasks.whenDone
import dev.asyncio.engine.threads.deliver
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.subprocess.Stdio
import dev.asyncio.subprocess.SubprocessOptions
import java.io.File
import java.io.IOException
import java.util.concurrent.atomic.AtomicInteger

/** Starts a process on a thread of its own, since that takes a while. */
@NotOnAndroid
internal object ProcessStart {
    private val threads = AtomicInteger()

    /** Cancelled, it kills the process, and waits for its end. */
    suspend fun start(loop: LoopImpl, command: List<String>, options: SubprocessOptions): StartedProcess {
        val future = FutureImpl<StartedProcess>(loop)
        val starter = Starter(loop, command, options, future)
        loop.dependents.add(starter)
        Thread(starter, "asyncio-process-start-${threads.incrementAndGet()}").apply {
            isDaemon = true
            start()
        }
        try {
            return awaitFuture(shield(future))
        } catch (e: Throwable) {
            if (e.isCancellation) awaitDiscarded(loop, future, e)
            throw e
        } finally {
            loop.dependents.remove(starter)
        }
    }

    private suspend fun awaitDiscarded(loop: LoopImpl, future: FutureImpl<StartedProcess>, reason: Throwable) {
        currentTaskOrNull()?.keepsCancellation()
        future.whenDone { if (!future.isFailed) future.unsafeValue().discard() }
        try {
            awaitFuture(shield(future)).awaitExit(loop)
        } catch (e: IOException) {
            reason.addSuppressed(e) // it has not even started
        }
    }

    fun builder(command: List<String>, options: SubprocessOptions, pipes: ChannelPipes?): ProcessBuilder {
        val builder = ProcessBuilder(command)
        builder.redirectInput(source(options.stdin(), pipes?.stdin))
        builder.redirectOutput(target(options.stdout(), pipes?.stdout))
        if (options.stderr().kind() == Stdio.Kind.STDOUT) {
            builder.redirectErrorStream(true)
        } else {
            builder.redirectError(target(options.stderr(), pipes?.stderr))
        }
        options.directory()?.let { builder.directory(it.toFile()) }
        val environment = builder.environment()
        options.environment()?.let {
            environment.clear()
            environment.putAll(it)
        }
        for ((name, value) in options.variables()) {
            if (value == null) environment.remove(name) else environment[name] = value
        }
        return builder
    }

    private fun source(stdio: Stdio, pipe: ChildPipe<*>?): ProcessBuilder.Redirect = when (stdio.kind()) {
        Stdio.Kind.PIPE -> pipe?.let { ProcessBuilder.Redirect.from(it.file) } ?: ProcessBuilder.Redirect.PIPE
        Stdio.Kind.DEVNULL -> ProcessBuilder.Redirect.from(NOTHING)
        Stdio.Kind.FILE -> ProcessBuilder.Redirect.from(stdio.path()!!.toFile())
        else -> ProcessBuilder.Redirect.INHERIT
    }

    private fun target(stdio: Stdio, pipe: ChildPipe<*>?): ProcessBuilder.Redirect = when (stdio.kind()) {
        Stdio.Kind.PIPE -> pipe?.let { ProcessBuilder.Redirect.to(it.file) } ?: ProcessBuilder.Redirect.PIPE
        Stdio.Kind.DEVNULL -> ProcessBuilder.Redirect.DISCARD
        Stdio.Kind.FILE -> ProcessBuilder.Redirect.to(stdio.path()!!.toFile())
        Stdio.Kind.APPEND -> ProcessBuilder.Redirect.appendTo(stdio.path()!!.toFile())
        else -> ProcessBuilder.Redirect.INHERIT
    }

    private val NOTHING = File(if (File.separatorChar == '/') "/dev/null" else "NUL")

    @NotOnAndroid
    private class Starter(
        private val loop: LoopImpl,
        private val command: List<String>,
        private val options: SubprocessOptions,
        private val future: FutureImpl<StartedProcess>,
    ) : Runnable,
        Undelivered {
        @Volatile private var started: StartedProcess? = null

        @Volatile private var abandoned = false

        override fun run() {
            var pipes: ChannelPipes? = null
            val process =
                try {
                    pipes = ChannelPipes.openFor(loop, options)
                    StartFailures.explaining(command, options) { builder(command, options, pipes).start() }
                } catch (e: Throwable) {
                    pipes?.close()
                    return loop.deliver { future.fail(e) }
                }
            if (pipes == null) {
                ThreadPipes(loop, process, options).run { stdin, stdout, stderr ->
                    tell(process, stdin, stdout, stderr)
                }
            } else {
                pipes.handOver()
                val stdin = pipes.stdin?.let { ChannelWritePipe(loop, it.ours) }
                val stdout = pipes.stdout?.let { ChannelReadPipe(loop, it.ours) }
                val stderr = pipes.stderr?.let { ChannelReadPipe(loop, it.ours) }
                tell(process, stdin, stdout, stderr)
            }
        }

        private fun tell(process: Process, stdin: WritePipe?, stdout: ReadPipe?, stderr: ReadPipe?) {
            val watcher = ChildWatcher(process)
            val started = StartedProcess(process, watcher, command[0], stdin, stdout, stderr)
            try {
                watcher.start()
            } catch (e: Throwable) {
                started.discard()
                return loop.deliver { future.fail(e) }
            }
            this.started = started
            loop.deliver { future.setResult(started) }
            if (abandoned) started.discard()
        }

        override fun loopClosed() {
            loop.dependents.remove(this)
            abandoned = true
            started?.discard()
        }
    }
}
