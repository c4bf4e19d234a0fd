package dev.asyncio.engine.io

import dev.asyncio.engine.LoopImpl
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.BaseProtocol
import dev.asyncio.streams.BaseTransport
import dev.asyncio.streams.BufferLimits
import java.nio.channels.SelectableChannel
import java.util.logging.Level

/**
 * What transports of streams and of datagrams have in common: how they end. Loop thread only.
 *
 * ```
 * open --close--> closing, until what was written is sent --> lost --> the channel is closed
 *      --abort, failure-----------------------------------> lost
 * ```
 * Being lost is told by `connectionLost`, in a handle of its own, and the channel is closed after it.
 */
@NotOnAndroid
internal abstract class ChannelTransport(
    val loop: LoopImpl,
    private val channel: SelectableChannel,
    private val server: ServerImpl?,
) : BaseTransport,
    ChannelOwner {
    protected val poller: SelectorPoller = SelectorPoller.of(loop)
    protected val watch: Watch = poller.watch(channel).also { it.owner = this }
    protected val marks = WaterMarks(loop, this)

    protected var closing = false
        private set

    /** 0 until the transport is lost; then it counts writes that came too late. */
    protected var lost = 0
        private set

    protected abstract val currentProtocol: BaseProtocol

    /** Whether nothing waits to be sent. */
    protected abstract val isFlushed: Boolean

    /** Drops what waits to be sent. */
    protected abstract fun dropUnsent()

    protected abstract fun onReadable()

    protected abstract fun onWritable()

    init {
        server?.attach(this)
    }

    protected fun startReading() {
        watch.setReader(loop.newIoHandle { onReadable() })
    }

    protected fun stopReading() {
        watch.setReader(null)
    }

    protected fun awaitWritable() {
        watch.setWriter(loop.newIoHandle { onWritable() })
    }

    override fun getProtocol(): BaseProtocol = currentProtocol

    /** What the user's protocol sees: this, or the TLS on top of it. */
    val uppermost: BaseTransport get() = (currentProtocol as? TlsLayer)?.transport ?: this

    override fun isClosing(): Boolean = closing

    override fun close() {
        if (closing) return
        closing = true
        stopReading()
        if (isFlushed) {
            lost++
            watch.setWriter(null)
            loop.callSoon({ connectionIsLost(null) }, null)
        }
    }

    override fun abort() = forceClose(null)

    /** Ends it at once, because of [cause] if there is one. */
    open fun forceClose(cause: Throwable?) {
        if (lost > 0) return
        dropUnsent()
        watch.setWriter(null)
        closing = true
        stopReading()
        lost++
        loop.callSoon({ connectionIsLost(cause) }, null)
    }

    /** What was to be sent before a close is sent: this ends it without a handle of its own, as in CPython. */
    protected fun flushedAfterClose() {
        lost++
        connectionIsLost(null)
    }

    protected open fun connectionIsLost(cause: Throwable?) {
        try {
            currentProtocol.connectionLost(cause)
        } finally {
            poller.close(watch, atOnce = false)
            server?.detach(this)
        }
    }

    protected fun failed(e: Throwable, message: String) {
        loop.reportFailure(e, message, this, this, currentProtocol)
        forceClose(e)
    }

    /** A write after the end: nothing happens, but who goes on writing is told. */
    protected fun lateWrite() {
        if (lost >= WRITES_UNTIL_WARNING) TRANSPORT_LOGGER.warning("$this is lost: what is written is dropped")
        lost++
    }

    override fun loopClosed() {
        val unclosed = loop.debug && !closing
        if (unclosed) {
            TRANSPORT_LOGGER.log(Level.WARNING, "unclosed transport {0}, closed with its loop", uppermost)
        }
        closing = true
        lost++
        dropUnsent()
        channel.close()
    }

    protected fun changeLimits(high: Int?, low: Int?, size: Long) {
        marks.set(high, low)
        marks.maybePause(currentProtocol, size)
    }

    protected fun limits(): BufferLimits = marks.limits

    protected fun stateName(): String = when {
        lost > 0 -> " closed"
        closing -> " closing"
        else -> ""
    }
}
