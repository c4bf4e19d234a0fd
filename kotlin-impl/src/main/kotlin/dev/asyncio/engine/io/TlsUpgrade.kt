package dev.asyncio.engine.io

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.StreamProtocol
import dev.asyncio.streams.TlsOptions
import dev.asyncio.streams.Transport
import java.net.SocketException

/** asyncio's `start_tls`. Loop thread only. */
@NotOnAndroid
internal object TlsUpgrade {
    /** Puts TLS between [transport] and [protocol]; the transport to use from then on. */
    suspend fun start(
        loop: LoopImpl,
        transport: Transport,
        protocol: StreamProtocol,
        options: TlsOptions,
        serverSide: Boolean,
    ): Transport {
        require(transport is TlsCapable) { "the transport does not support startTls: $transport" }
        if (!serverSide) {
            requireNotNull(options.serverHostname()) {
                "a client needs to say whose certificate is wanted: TlsOptions.withServerHostname"
            }
        }
        if (transport.isClosing) throw SocketException("the connection is closed: $transport")
        val waiter = FutureImpl<Unit>(loop)
        val engine = TlsEngines.of(options, serverSide, null)
        val layer = TlsLayer(loop, protocol, engine, options, serverSide, waiter, tellsConnectionMade = false)
        // So that nothing of the handshake gets to the wrong protocol.
        transport.pauseReading()
        transport.setProtocol(layer)
        val begin = loop.callSoon({ layer.connectionMade(transport) }, null)
        val resume = loop.callSoon({ transport.resumeReading() }, null)
        try {
            awaitFuture(waiter)
        } catch (e: Throwable) {
            transport.close()
            begin.cancel()
            resume.cancel()
            throw e
        }
        return layer.transport
    }
}
