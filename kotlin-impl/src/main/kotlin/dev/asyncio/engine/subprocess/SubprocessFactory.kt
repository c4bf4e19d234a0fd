package dev.asyncio.engine.subprocess

import dev.asyncio.Coroutine
import dev.asyncio.EventLoop
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.onLoop
import dev.asyncio.engine.impl
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.spi.SubprocessProvider
import dev.asyncio.streams.Endpoint
import dev.asyncio.streams.Protocol
import dev.asyncio.streams.StreamProtocol
import dev.asyncio.streams.Transport
import dev.asyncio.subprocess.AsyncProcess
import dev.asyncio.subprocess.SubprocessOptions
import dev.asyncio.subprocess.SubprocessProtocol
import dev.asyncio.subprocess.SubprocessTransport
import java.io.InputStream
import java.io.OutputStream
import java.util.concurrent.atomic.AtomicInteger
import java.util.function.Supplier

/** The facade's way to processes. Thread-safe; what it makes is not. */
@NotOnAndroid
internal object SubprocessFactory : SubprocessProvider {
    private val pipes = AtomicInteger()

    override fun exec(command: List<String>, options: SubprocessOptions): Coroutine<AsyncProcess> =
        Operation("subprocess ${command[0]}") {
            onLoop { loop ->
                requireReal(loop)
                val protocol = SubprocessStreamProtocol(loop, options.limit())
                AsyncProcessImpl(loop, open(loop, protocol, command, options), protocol)
            }
        }

    override fun <P : SubprocessProtocol> subprocessExec(
        loop: EventLoop,
        protocolFactory: Supplier<out P>,
        command: List<String>,
        options: SubprocessOptions,
    ): Coroutine<Endpoint<SubprocessTransport, P>> = operation(loop, "subprocessExec") {
        val protocol = protocolFactory.get()
        Endpoint(open(it, protocol, command, options), protocol)
    }

    private suspend fun open(
        loop: LoopImpl,
        protocol: SubprocessProtocol,
        command: List<String>,
        options: SubprocessOptions,
    ): SubprocessTransportImpl {
        val started = ProcessStart.start(loop, command, options)
        return SubprocessTransportImpl(loop, protocol, started).also { it.open() }
    }

    override fun <P : Protocol> connectReadPipe(
        loop: EventLoop,
        protocolFactory: Supplier<out P>,
        pipe: InputStream,
    ): Coroutine<Endpoint<Transport, P>> = operation(loop, "connectReadPipe") {
        val protocol = protocolFactory.get()
        val reader = PipeReader(pipe, "asyncio-pipe-${pipes.incrementAndGet()}", holding = false)
        val transport = ReadPipeTransport(it, protocol, ThreadReadPipe(it, pipe, reader))
        reader.start()
        transport.connect()
        Endpoint(transport, protocol)
    }

    override fun <P : StreamProtocol> connectWritePipe(
        loop: EventLoop,
        protocolFactory: Supplier<out P>,
        pipe: OutputStream,
    ): Coroutine<Endpoint<Transport, P>> = operation(loop, "connectWritePipe") {
        val protocol = protocolFactory.get()
        val writer = PipeWriter(pipe, "asyncio-pipe-${pipes.incrementAndGet()}")
        val transport = WritePipeTransport(it, protocol, ThreadWritePipe(it, pipe, writer)) { e -> e }
        transport.connect()
        Endpoint(transport, protocol)
    }

    /** An operation of [loop], which has to be the one that runs it. */
    private fun <T> operation(loop: EventLoop, name: String, block: suspend (LoopImpl) -> T): Coroutine<T> =
        Operation(name) {
            onLoop { running ->
                val impl = loop.impl()
                check(running === impl) { "$name of $loop is awaited on another loop, $running" }
                requireReal(impl)
                block(impl)
            }
        }

    private fun requireReal(loop: LoopImpl) {
        loop.whyNoProcesses?.let { throw UnsupportedOperationException(it) }
    }
}
