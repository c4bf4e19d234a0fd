package dev.asyncio.engine.subprocess

import dev.asyncio.Coroutine
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.await.awaitSuspending
import dev.asyncio.engine.await.onLoop
import dev.asyncio.engine.tasks.GatherFuture
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.StreamReader
import dev.asyncio.streams.StreamWriter
import dev.asyncio.subprocess.AsyncProcess
import dev.asyncio.subprocess.ProcessOutput
import java.io.IOException

/** asyncio's Process. Loop thread only. */
@NotOnAndroid
internal class AsyncProcessImpl(
    private val loop: LoopImpl,
    private val transport: SubprocessTransportImpl,
    protocol: SubprocessStreamProtocol,
) : AsyncProcess {
    private val stdin = protocol.stdin
    private val stdout = protocol.stdout
    private val stderr = protocol.stderr

    override fun stdin(): StreamWriter? = stdin

    override fun stdout(): StreamReader? = stdout

    override fun stderr(): StreamReader? = stderr

    override fun communicate(input: ByteArray?): Coroutine<ProcessOutput> {
        require(input == null || stdin != null) { "the stdin of $this is not a pipe, so that it gets no input" }
        return Operation("$this.communicate") {
            onLoop { running ->
                check(running === loop) { "$this was started on a different event loop, $loop" }
                communicateOnLoop(input)
            }
        }
    }

    private suspend fun communicateOnLoop(input: ByteArray?): ProcessOutput {
        val all = listOf<Coroutine<ByteArray?>>(
            Operation<ByteArray?>("communicate: feed stdin") { feed(input) },
            Operation<ByteArray?>("communicate: read stdout") { read(stdout, 1) },
            Operation<ByteArray?>("communicate: read stderr") { read(stderr, 2) },
        )
        val (_, output, errors) = awaitFuture(GatherFuture.of<ByteArray?>(loop, all, outcomes = false))
        transport.awaitExit()
        return ProcessOutput(output, errors)
    }

    private suspend fun feed(input: ByteArray?): ByteArray? {
        val stdin = stdin ?: return null
        try {
            if (input != null) stdin.write(input)
            awaitSuspending(stdin.drain())
        } catch (_: IOException) {
            // A process need not read all of its input.
        }
        stdin.close()
        return null
    }

    private suspend fun read(stream: StreamReader?, fd: Int): ByteArray? {
        if (stream == null) return null
        val output = awaitSuspending(stream.read())
        transport.getPipeTransport(fd)?.close()
        return output
    }

    override fun waitFor(): Coroutine<Int> = Operation("$this.waitFor") {
        onLoop { running ->
            check(running === loop) { "$this was started on a different event loop, $loop" }
            transport.awaitExit()
        }
    }

    override fun sendSignal(signal: String) = transport.sendSignal(signal)

    override fun terminate() = transport.terminate()

    override fun kill() = transport.kill()

    override fun pid(): Long = transport.getPid()

    override fun returnCode(): Int? = transport.getReturnCode()

    override fun toString(): String = "<AsyncProcess ${transport.getPid()}${returnCode()?.let {
        " returncode=$it"
    } ?: ""}>"
}
