package dev.asyncio.engine.io

import dev.asyncio.spi.NotOnAndroid
import java.nio.channels.FileChannel
import java.nio.channels.WritableByteChannel

/** A stretch of a file on its way to a channel that does not block. */
@NotOnAndroid
internal class FileSending(
    private val channel: WritableByteChannel,
    private val file: FileChannel,
    private val offset: Long,
    count: Long,
) {
    private val end = if (count > Long.MAX_VALUE - offset) Long.MAX_VALUE else offset + count
    private var position = offset

    /** Sends what the channel takes now; how many bytes were sent in all once that is everything, null before. */
    fun proceed(): Long? = uninterrupted {
        while (position < end && position < file.size()) {
            val sent = file.transferTo(position, minOf(end - position, CHUNK), channel)
            if (sent == 0L && position < file.size()) return null
            position += sent
        }
        position - offset
    }

    fun leavePosition() = leavePosition(file, position)

    @NotOnAndroid
    companion object {
        /** So that one turn of the loop does not send a whole large file. */
        private const val CHUNK = 1L shl 20

        /** As CPython: the position of [file] is left behind what was sent, which ends at [position]. */
        fun leavePosition(file: FileChannel, position: Long) {
            if (file.isOpen) uninterrupted { file.position(position) }
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
    }
}
