package dev.asyncio.engine.subprocess

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.awaitFuture
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
        loop.watchers.add(starter)
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
            loop.watchers.remove(starter)
        }
    }

    private suspend fun awaitDiscarded(loop: LoopImpl, future: FutureImpl<StartedProcess>, reason: Throwable) {
        future.whenDone { if (!future.isFailed) future.unsafeValue().discard() }
        try {
            awaitFuture(shield(future)).awaitExit(loop)
        } catch (e: IOException) {
            reason.addSuppressed(e) // it has not even started
        }
    }

    fun builder(command: List<String>, options: SubprocessOptions): ProcessBuilder {
        val builder = ProcessBuilder(command)
        builder.redirectInput(source(options.stdin()))
        builder.redirectOutput(target(options.stdout()))
        if (options.stderr().kind() == Stdio.Kind.STDOUT) {
            builder.redirectErrorStream(true)
        } else {
            builder.redirectError(target(options.stderr()))
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

    private fun source(stdio: Stdio): ProcessBuilder.Redirect = when (stdio.kind()) {
        Stdio.Kind.PIPE -> ProcessBuilder.Redirect.PIPE
        Stdio.Kind.DEVNULL -> ProcessBuilder.Redirect.from(NOTHING)
        Stdio.Kind.FILE -> ProcessBuilder.Redirect.from(stdio.path()!!.toFile())
        else -> ProcessBuilder.Redirect.INHERIT
    }

    private fun target(stdio: Stdio): ProcessBuilder.Redirect = when (stdio.kind()) {
        Stdio.Kind.PIPE -> ProcessBuilder.Redirect.PIPE
        Stdio.Kind.DEVNULL -> ProcessBuilder.Redirect.DISCARD
        Stdio.Kind.FILE -> ProcessBuilder.Redirect.to(stdio.path()!!.toFile())
        Stdio.Kind.APPEND -> ProcessBuilder.Redirect.appendTo(stdio.path()!!.toFile())
        else -> ProcessBuilder.Redirect.INHERIT
    }

    private val NOTHING = File(if (File.separatorChar == '/') "/dev/null" else "NUL")

    /**
     * The thread goes on as the one that reads the first of the pipes. It has that one in hand as soon as the process is
     * there, before the JDK may close it if the process ends at once: see [PipeReader]. The JDK closes standard output
     * first, so that this one protects standard error too.
     */
    @NotOnAndroid
    private class Starter(
        private val loop: LoopImpl,
        private val command: List<String>,
        private val options: SubprocessOptions,
        private val future: FutureImpl<StartedProcess>,
    ) : Runnable,
        Undelivered {
        private val readsOutput = options.stdout().kind() == Stdio.Kind.PIPE

        @Volatile private var started: StartedProcess? = null

        @Volatile private var abandoned = false

        override fun run() {
            val process =
                try {
                    StartFailures.explaining(command, options) { builder(command, options).start() }
                } catch (e: Throwable) {
                    return loop.deliver { future.fail(e) }
                }
            synchronized(if (readsOutput) process.inputStream else process.errorStream) {
                val started = StartedProcess(process, command[0], options)
                val first = started.stdout ?: started.stderr
                if (first !== started.stderr) started.stderr?.start()
                tell(started)
                first?.run()
            }
        }

        private fun tell(started: StartedProcess) {
            this.started = started
            loop.deliver { future.setResult(started) }
            if (abandoned) started.discard()
        }

        override fun loopClosed() {
            abandoned = true
            started?.discard()
        }
    }
}
