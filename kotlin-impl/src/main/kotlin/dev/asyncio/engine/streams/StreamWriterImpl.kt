package dev.asyncio.engine.streams

import dev.asyncio.Coroutine
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.NOT_NOW
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.QuickOperation
import dev.asyncio.engine.await.onLoop
import dev.asyncio.engine.await.yieldOnce
import dev.asyncio.engine.io.TlsUpgrade
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.StreamWriter
import dev.asyncio.streams.TlsOptions
import dev.asyncio.streams.Transport

/** asyncio's StreamWriter. Loop thread only. */
@NotOnAndroid
internal class StreamWriterImpl(
    private val loop: LoopImpl,
    private var transport: Transport,
    private val protocol: StreamProtocolImpl,
    private val reader: StreamReaderImpl?,
) : StreamWriter {
    private val draining = Draining()

    override fun transport(): Transport = transport

    override fun drain(): Coroutine<Void?> = draining

    private inner class Draining : QuickOperation<Void?>() {
        override fun now(): Any? {
            throwFailure()
            return if (transport.isClosing || protocol.mustWaitToDrain) NOT_NOW else null
        }

        override suspend fun later(): Void? {
            drained()
            return null
        }

        override fun toString(): String = "drain"
    }

    private fun throwFailure() {
        reader?.exception()?.let { throw it }
    }

    private suspend fun drained() {
        throwFailure()
        // So that a loop that writes and drains comes to see that the connection is lost.
        if (transport.isClosing) yieldOnce()
        protocol.awaitDrained()
    }

    override fun waitClosed(): Coroutine<Void?> = Operation("waitClosed") {
        onLoop { protocol.awaitClosed() }
        null
    }

    override fun startTls(options: TlsOptions): Coroutine<Void?> = Operation("startTls") {
        onLoop {
            drained()
            transport = TlsUpgrade.start(loop, transport, protocol, options, protocol.isServerSide)
            reader?.setTransport(transport)
            protocol.useTransport(transport)
        }
        null
    }

    override fun toString(): String = "<StreamWriter $transport>"
}
