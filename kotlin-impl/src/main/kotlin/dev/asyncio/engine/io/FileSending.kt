package dev.asyncio.engine.io

import dev.asyncio.spi.NotOnAndroid
import java.io.IOException
import java.net.SocketAddress
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.channels.WritableByteChannel

/** A stretch of a file on its way to [peer] through a channel that does not block. */
@NotOnAndroid
internal class FileSending(
    private val channel: WritableByteChannel,
    private val peer: SocketAddress?,
    private val file: FileChannel,
    private val offset: Long,
    count: Long,
) {
    private val end = if (count > Long.MAX_VALUE - offset) Long.MAX_VALUE else offset + count

    /** Behind what was sent. */
    var position = offset
        private set

    /** Sends what the channel takes now; how many bytes were sent in all once that is everything, null before. */
    fun proceed(): Long? = uninterrupted {
        while (position < end && position < file.size()) {
            val sent = transfer()
            if (sent == 0L && position < file.size()) return null
            position += sent
        }
        position - offset
    }

    private fun transfer(): Long = try {
        file.transferTo(position, minOf(end - position, CHUNK), channel)
    } catch (e: IOException) {
        // It does not say whose failure it is: if it is the file's, reading fails, too.
        file.read(ByteBuffer.allocate(1), position)
        throw connectionBroke(peer, e)
    }

    private companion object {
        /** So that one turn of the loop does not send a whole large file. */
        const val CHUNK = 1L shl 20
    }
}

/** As CPython: the position of a file is left behind what was sent of it. */
internal fun FileChannel.leavePosition(position: Long) {
    if (isOpen) uninterrupted { position(position) }
}

/** Keeps the flag of an interrupted thread from [block]: it would close the file. */
private inline fun <T> uninterrupted(block: () -> T): T {
    val interrupted = Thread.interrupted()
    try {
        return block()
    } finally {
        if (interrupted) Thread.currentThread().interrupt()
    }
}
