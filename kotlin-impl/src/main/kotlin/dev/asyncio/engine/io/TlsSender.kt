package dev.asyncio.engine.io

import dev.asyncio.engine.io.ByteBuffers.EMPTY
import dev.asyncio.spi.NotOnAndroid
import java.nio.ByteBuffer
import javax.net.ssl.SSLEngine
import javax.net.ssl.SSLEngineResult

/**
 * What a [TlsLayer] sends: plain text that waits for the engine, and records that wait for the lower transport. Loop
 * thread only.
 */
@NotOnAndroid
internal class TlsSender(
    private val engine: SSLEngine,
    private val poller: SelectorPoller,
    private val writeToLower: (ByteBuffer) -> Unit,
) {
    /** What is to be encrypted once the engine can. */
    private val backlog = WriteBuffer()

    /** What is encrypted, while the lower transport wants a pause. */
    private val outgoing = WriteBuffer()
    private var paused = false

    val unsentSize: Long get() = outgoing.size + backlog.size

    /** Keeps [data] until [sendBacklog]. */
    fun keep(data: ByteBuffer) = backlog.add(data)

    /** Sends [data] behind what is kept already, and keeps what the engine does not take of it. */
    fun send(data: ByteBuffer) {
        if (backlog.isEmpty) encrypt(data)
        if (data.hasRemaining()) backlog.add(data)
    }

    fun sendBacklog() {
        if (!backlog.isEmpty) backlog.drain { encrypt(it) }
    }

    /** Encrypts and sends what the engine takes of [data]: all, unless it is in the middle of another handshake. */
    private fun encrypt(data: ByteBuffer) {
        while (data.hasRemaining()) {
            val result = wrap(data)
            if (result.status == SSLEngineResult.Status.CLOSED) return
            if (result.bytesConsumed() == 0 && result.bytesProduced() == 0) return
        }
    }

    /** Sends what the engine has to say by itself: the next step of a handshake, an alert. */
    fun sendOwn(): SSLEngineResult = wrap(EMPTY)

    /** As many records as the engine makes of [data], one at least. */
    private fun wrap(data: ByteBuffer): SSLEngineResult = poller.withRecordBuffer { out ->
        var result: SSLEngineResult
        do {
            result = engine.wrap(data, out)
        } while (
            result.status == SSLEngineResult.Status.OK && data.hasRemaining() && result.bytesConsumed() > 0 &&
            out.remaining() >= engine.session.packetBufferSize
        )
        out.flip()
        if (out.hasRemaining()) sendRecords(out)
        result
    }

    private fun sendRecords(records: ByteBuffer) {
        if (paused || !outgoing.isEmpty) outgoing.add(records) else writeToLower(records)
    }

    fun pause() {
        paused = true
    }

    fun resume() {
        paused = false
        flush()
    }

    /** Sends the records that have waited, unless they still have to. */
    fun flush() {
        if (!paused && !outgoing.isEmpty) outgoing.drain(writeToLower)
    }

    fun clear() {
        backlog.clear()
        outgoing.clear()
    }
}
