package dev.asyncio.engine.io

import dev.asyncio.engine.LoopImpl
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.BaseProtocol
import dev.asyncio.streams.BufferLimits
import dev.asyncio.streams.StreamProtocol
import dev.asyncio.streams.TlsOptions
import java.io.IOException
import java.net.SocketAddress
import java.net.SocketException
import java.nio.ByteBuffer
import javax.net.ssl.SSLException
import javax.net.ssl.SSLHandshakeException
import javax.net.ssl.SSLPeerUnverifiedException

/** The upper end of a [TlsLayer]; asyncio's `_SSLProtocolTransport`. Loop thread only. */
@NotOnAndroid
internal class TlsTransport(
    private val loop: LoopImpl,
    private val layer: TlsLayer,
    private val options: TlsOptions,
) : TlsCapable {
    private var closed = false

    /** The name that a client has asked for. */
    val expectedHost: String? get() = layer.sslEngine.peerHost

    /** Whether the protocol was asked to pause writing. */
    val isWritingPaused: Boolean get() = layer.marks.paused

    /** Told in the protocol's place of writing that pauses or resumes and of the end, and passes that on. */
    var writeWatcher: BaseProtocol? by layer::writeWatcher

    fun markClosed() {
        closed = true
    }

    override fun close() {
        if (closed) return
        closed = true
        layer.startShutdown()
    }

    override fun abort() {
        closed = true
        layer.abort(null)
    }

    override fun failTls(cause: Throwable?) {
        closed = true
        layer.abort(cause)
    }

    override fun isClosing(): Boolean = closed || layer.lowerTransport?.isClosing == true

    override fun pauseReading() {
        loop.checkThread()
        layer.pauseReading()
    }

    override fun resumeReading() {
        loop.checkThread()
        layer.resumeReading()
    }

    override fun isReading(): Boolean = !isClosing && !layer.readingPaused

    override fun write(data: ByteBuffer) {
        loop.checkThread()
        if (data.hasRemaining()) layer.write(data)
    }

    override fun writeLines(data: Iterable<ByteArray>) {
        val pieces = data.toList()
        val all = ByteBuffer.allocate(pieces.sumOf { it.size })
        pieces.forEach(all::put)
        all.flip()
        write(all)
    }

    override fun writeEof(): Unit = throw UnsupportedOperationException("TLS cannot end one direction only")

    override fun canWriteEof(): Boolean = false

    override fun setWriteBufferLimits(high: Int?, low: Int?) {
        layer.marks.set(high, low)
        layer.marks.maybePause(layer.writeProtocol, layer.unsentSize)
    }

    override fun getWriteBufferLimits(): BufferLimits = layer.marks.limits

    override fun getWriteBufferSize(): Int = layer.unsentSize.toIntSaturated()

    override fun setProtocol(protocol: BaseProtocol) {
        requireStreamProtocol(protocol)
        layer.protocol = protocol as StreamProtocol
    }

    override fun getProtocol(): BaseProtocol = layer.protocol

    override fun getExtraInfo(name: String): Any? = when (name) {
        "sslcontext" -> options.context()
        "ssl_object" -> layer.sslEngine.takeIf { layer.isHandshakeDone }
        "peercert" -> if (layer.isHandshakeDone) peerCertificate() else null
        "cipher" -> if (layer.isHandshakeDone) layer.sslEngine.session.cipherSuite else null
        "alpn" -> if (layer.isHandshakeDone) layer.sslEngine.applicationProtocol else null
        else -> layer.lowerTransport?.getExtraInfo(name)
    }

    private fun peerCertificate(): Any? = try {
        layer.sslEngine.session.peerCertificates.firstOrNull()
    } catch (_: SSLPeerUnverifiedException) {
        null // it has shown none
    }

    override fun toString(): String = "<TlsTransport${if (isClosing) " closing" else ""} over ${layer.lowerTransport}>"
}

/** Who is at the other end of [transport], as far as that can be told. */
internal fun peerOf(transport: TlsTransport): String {
    val name = transport.expectedHost
    val address = (transport.getExtraInfo("peername") as? SocketAddress)?.let(::describe) ?: "an unknown peer"
    return if (name == null) address else "$name ($address)"
}

/** What [what] has failed with, with the peer in its message. */
internal fun named(what: String, e: IOException, transport: TlsTransport): IOException {
    val message = "$what with ${peerOf(transport)} failed: ${e.message}"
    val named = when (e) {
        is SSLHandshakeException -> SSLHandshakeException(message)
        is SSLException -> SSLException(message)
        else -> SocketException(message)
    }
    named.initCause(e)
    return named
}
