package dev.asyncio.engine.io

import dev.asyncio.engine.loop.HandleImpl
import dev.asyncio.spi.NotOnAndroid
import java.nio.channels.CancelledKeyException
import java.nio.channels.SelectableChannel
import java.nio.channels.SelectionKey
import java.nio.channels.ServerSocketChannel
import java.nio.channels.SocketChannel

/** Whoever has a channel to itself: nobody else may watch it, and it is told when the loop is closed. */
internal interface ChannelOwner {
    /** The loop is closed: give the channel up. */
    fun loopClosed()
}

/**
 * One channel of a loop and who is called when it is ready. Loop thread only.
 *
 * It stays in the selector until the channel is closed or nobody wants it any more, see [SelectorPoller.release]. The
 * handles are queued again and again, as CPython does with those of a selector's key.
 */
@NotOnAndroid
internal class Watch(val channel: SelectableChannel) {
    lateinit var key: SelectionKey

    /** The transport or server that uses the channel; null if it is the user's own, or nobody's yet. */
    var owner: ChannelOwner? = null

    /** Whether the channel is connected for an owner to come: until then it stays, and is closed with the loop. */
    var isForOwner = false

    var reader: HandleImpl? = null
        private set
    var writer: HandleImpl? = null
        private set

    val isIdle: Boolean get() = reader == null && writer == null && owner == null && !isForOwner

    /** What was found and is not dispatched yet. */
    var readyOps = 0

    /** Sets who is called when the channel is readable; the former one will not be called any more. */
    fun setReader(handle: HandleImpl?): Boolean {
        val before = reader
        reader = handle
        before?.cancel()
        if ((before == null) != (handle == null)) update()
        return before != null
    }

    /** As [setReader]. */
    fun setWriter(handle: HandleImpl?): Boolean {
        val before = writer
        writer = handle
        before?.cancel()
        if (handle != null || before != null) update() // a pending connect may have become an open channel
        return before != null
    }

    private fun update() {
        if (!key.isValid) return
        val ops = (if (reader != null) readOp() else 0) or (if (writer != null) writeOp() else 0)
        if (ops != key.interestOps()) key.interestOps(ops)
    }

    private fun readOp(): Int = if (channel is ServerSocketChannel) SelectionKey.OP_ACCEPT else SelectionKey.OP_READ

    private fun writeOp(): Int = when {
        channel is SocketChannel && channel.isConnectionPending -> SelectionKey.OP_CONNECT
        else -> SelectionKey.OP_WRITE
    }

    /** What the selector says of the key; nothing if the channel is closed. */
    fun readyOpsOfKey(): Int = try {
        key.readyOps()
    } catch (_: CancelledKeyException) {
        0 // closed by another thread a moment ago
    }

    companion object {
        const val READING = SelectionKey.OP_READ or SelectionKey.OP_ACCEPT
        const val WRITING = SelectionKey.OP_WRITE or SelectionKey.OP_CONNECT
    }
}
