package dev.asyncio.engine.io

import dev.asyncio.engine.io.ByteBuffers.EMPTY
import dev.asyncio.engine.io.ByteBuffers.drop
import dev.asyncio.engine.io.ByteBuffers.kept
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.BufferedProtocol
import dev.asyncio.streams.Protocol
import java.nio.ByteBuffer
import javax.net.ssl.SSLEngine
import javax.net.ssl.SSLEngineResult
import javax.net.ssl.SSLEngineResult.HandshakeStatus
import javax.net.ssl.SSLException

/**
 * What a [TlsLayer] receives: decrypts records and hands the plain text to its protocol; what that does not take yet is
 * kept, and comes before all that is decrypted later. Loop thread only.
 */
@NotOnAndroid
internal class TlsReceiver(
    private val layer: TlsLayer,
    private val engine: SSLEngine,
    private val poller: SelectorPoller,
) {
    /** Whether the protocol wants nothing for now. */
    var paused = false

    /** What is decrypted, and no protocol has taken yet. */
    private var undelivered: ByteBuffer = EMPTY

    val hasRest: Boolean get() = undelivered.hasRemaining()

    private val isReadable: Boolean get() = !paused && layer.carriesData

    /** Decrypts what it can of [input], behind what is left; returns whether the peer's end was among it. */
    fun receive(input: ByteBuffer): Boolean {
        handOver(undelivered)
        if (!hasRest) undelivered = EMPTY
        return poller.withPlainBuffer { plain ->
            val closed = decrypt(input, plain)
            deliver(plain)
            closed
        }
    }

    private fun decrypt(input: ByteBuffer, plain: ByteBuffer): Boolean {
        while (!layer.tasksRun && isReadable) {
            if (plain.position() > 0 && input.startsWithAlert()) {
                // Once an engine of TLS 1.2 has seen the peer's end, it does not encrypt an answer any more.
                deliver(plain)
                continue
            }
            val result = engine.unwrap(input, plain)
            when (result.status) {
                SSLEngineResult.Status.BUFFER_OVERFLOW -> deliver(plain)
                SSLEngineResult.Status.BUFFER_UNDERFLOW -> return false
                SSLEngineResult.Status.CLOSED -> return true
                else -> Unit
            }
            // Only then asks the engine, which takes its lock each time.
            if (result.handshakeStatus != HandshakeStatus.NOT_HANDSHAKING) layer.proceedHandshake()
            val again = result.handshakeStatus == HandshakeStatus.NEED_UNWRAP_AGAIN
            if (!again && (!input.hasRemaining() || result.isIdle)) return false
        }
        return false
    }

    /**
     * Hands over what stands in [plain], and empties it; what the protocol does not take yet is kept. A protocol that
     * closes gets the rest of it from there, and then what arrived besides.
     */
    private fun deliver(plain: ByteBuffer) {
        if (plain.position() == 0) return
        plain.flip()
        undelivered = plain
        try {
            handOver(plain)
        } finally {
            if (undelivered === plain) undelivered = plain.kept()
            plain.clear()
        }
    }

    private fun handOver(plain: ByteBuffer) {
        while (plain.hasRemaining() && isReadable) {
            when (val protocol = layer.protocol) {
                is BufferedProtocol -> fill(protocol, plain)
                else -> {
                    val all = if (protocol is TrustedProtocol) plain.duplicate() else plain.asReadOnlyBuffer()
                    plain.drop() // Before the protocol, which may close, can come here again.
                    return (protocol as Protocol).dataReceived(all)
                }
            }
        }
    }

    private fun fill(protocol: BufferedProtocol, plain: ByteBuffer) {
        val target = protocol.getBuffer(plain.remaining())
        if (!plain.hasRemaining()) return // It has closed, and got everything.
        check(target.hasRemaining()) { "getBuffer() returned an empty buffer" }
        val count = minOf(target.remaining(), plain.remaining())
        val limit = plain.limit()
        plain.limit(plain.position() + count)
        target.put(plain)
        plain.limit(limit)
        protocol.bufferUpdated(count)
    }

    /** A record that holds no plain text, as those of a handshake. */
    fun unwrap(input: ByteBuffer): SSLEngineResult = poller.withPlainBuffer { engine.unwrap(input, it) }

    /** Looks into [input] for the peer's end, before which nothing else may come any more; whether it has come. */
    fun peerHasClosed(input: ByteBuffer): Boolean {
        while (!engine.isInboundDone) {
            val result = unwrap(input)
            if (result.status == SSLEngineResult.Status.CLOSED) return true
            if (result.bytesProduced() > 0) throw SSLException("application data after close notify")
            if (engine.handshakeStatus == HandshakeStatus.NEED_TASK) {
                throw SSLException("another handshake after close notify")
            }
            val wentOn = result.status == SSLEngineResult.Status.OK && !result.isIdle
            if (!wentOn || !input.hasRemaining()) return engine.isInboundDone
        }
        return true
    }

    fun clear() {
        undelivered = EMPTY
    }

    private val SSLEngineResult.isIdle: Boolean
        get() = bytesConsumed() == 0 && bytesProduced() == 0 && status == SSLEngineResult.Status.OK

    private fun ByteBuffer.startsWithAlert(): Boolean = hasRemaining() && get(position()) == ALERT

    @NotOnAndroid
    private companion object {
        /** The first byte of a record that is an alert; from TLS 1.3 on they look like data. */
        const val ALERT: Byte = 21
    }
}
