package dev.asyncio.engine.streams

import dev.asyncio.ExceptionContext
import dev.asyncio.TaskOptions
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.io.TrustedProtocol
import dev.asyncio.engine.io.describe
import dev.asyncio.engine.loop.readyItem
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.spi.StreamHandler
import dev.asyncio.streams.BaseTransport
import dev.asyncio.streams.Protocol
import dev.asyncio.streams.Transport
import java.net.SocketAddress
import java.net.SocketException
import java.nio.ByteBuffer

/**
 * Between a transport and a reader: asyncio's StreamReaderProtocol, with its FlowControlMixin. Of a server's connection
 * it also starts the [handler]. Loop thread only.
 */
@NotOnAndroid
internal class StreamProtocolImpl(
    private val loop: LoopImpl,
    private val reader: StreamReaderImpl,
    private val handler: StreamHandler?,
) : Protocol,
    TrustedProtocol {
    private var overTls = false
    private var peer: SocketAddress? = null
    private var writingPaused = false
    private var isLost = false
    private var lossCause: Throwable? = null
    private val drainers = LinkedHashSet<FutureImpl<Unit>>()
    private val closeWaiters = LinkedHashSet<FutureImpl<Unit>>()

    val isServerSide: Boolean get() = handler != null

    // ---- what the transport tells

    override fun connectionMade(transport: Transport) {
        useTransport(transport)
        reader.setTransport(transport)
        val handler = handler ?: return
        val writer = StreamWriterImpl(loop, transport, this, reader)
        val task = loop.createTask(handler.bind(reader, writer), TaskOptions.DEFAULT)
        task.addCallback(readyItem { handled(task, writer.transport()) })
    }

    /** Also after TLS was put on it. */
    fun useTransport(transport: Transport) {
        overTls = transport.getExtraInfo("sslcontext") != null
        peer = transport.getExtraInfo("peername") as? SocketAddress
    }

    private fun handled(task: TaskImpl<*>, transport: BaseTransport) {
        when {
            task.cancelled() -> transport.close()
            task.isFailed -> {
                loop.callExceptionHandler(
                    ExceptionContext.builder("Unhandled exception in client_connected_cb")
                        .exception(task.takeFailure())
                        .extra("transport", transport)
                        .build(),
                )
                transport.close()
            }
        }
    }

    override fun dataReceived(data: ByteBuffer) = reader.feedData(data)

    override fun eofReceived(): Boolean {
        reader.feedEof()
        return !overTls
    }

    override fun connectionLost(exception: Throwable?) {
        if (exception == null) reader.feedEof() else reader.setException(exception)
        isLost = true
        lossCause = exception
        settle(closeWaiters, exception)
        settle(drainers, exception)
    }

    private fun settle(waiters: Collection<FutureImpl<Unit>>, exception: Throwable?) {
        for (waiter in waiters) {
            when {
                waiter.done() -> Unit
                exception == null -> waiter.setResult(Unit)
                else -> waiter.setException(exception)
            }
        }
    }

    override fun pauseWriting() {
        writingPaused = true
    }

    override fun resumeWriting() {
        writingPaused = false
        settle(drainers, null)
    }

    // ---- what the writer asks

    /** Whether a drain may have to wait. */
    val mustWaitToDrain: Boolean get() = writingPaused || isLost

    suspend fun awaitDrained() {
        if (isLost) throw connectionLost()
        if (writingPaused) await(drainers)
    }

    private fun connectionLost(): SocketException {
        val error = SocketException("Connection lost" + (peer?.let { " to ${describe(it)}" } ?: ""))
        lossCause?.let(error::initCause)
        return error
    }

    suspend fun awaitClosed() {
        if (isLost) lossCause?.let { throw it } else await(closeWaiters)
    }

    private suspend fun await(line: MutableSet<FutureImpl<Unit>>) {
        val waiter = FutureImpl<Unit>(loop)
        line.add(waiter)
        try {
            awaitFuture(waiter)
        } finally {
            line.remove(waiter)
        }
    }

    override fun toString(): String = "<StreamProtocol of $reader>"
}
