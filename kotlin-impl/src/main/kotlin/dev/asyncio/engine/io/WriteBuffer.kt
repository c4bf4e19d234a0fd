package dev.asyncio.engine.io

import dev.asyncio.spi.NotOnAndroid
import java.nio.ByteBuffer
import java.nio.channels.GatheringByteChannel
import java.nio.channels.WritableByteChannel

/** Copies of bytes that the system would not take yet, oldest first. Loop thread only. */
@NotOnAndroid
internal class WriteBuffer {
    private val chunks = ArrayDeque<ByteBuffer>()

    /** How many bytes it holds. */
    var size = 0L
        private set

    val isEmpty: Boolean get() = size == 0L

    /** Copies what remains of [data]. */
    fun add(data: ByteBuffer) {
        size += data.remaining()
        while (data.hasRemaining()) {
            val last = chunks.lastOrNull()?.takeIf { it.limit() < it.capacity() }
                ?: ByteBuffer.allocate(chunkSize(data.remaining())).also {
                    it.limit(0)
                    chunks.addLast(it)
                }
            append(last, data)
        }
    }

    private fun chunkSize(needed: Int) = needed.coerceIn(MIN_CHUNK, MAX_CHUNK)

    /** Fills the room behind the limit of [chunk], which is kept ready to be read. */
    private fun append(chunk: ByteBuffer, data: ByteBuffer) {
        val start = chunk.position()
        val end = chunk.limit()
        val count = minOf(chunk.capacity() - end, data.remaining())
        val limit = data.limit()
        data.limit(data.position() + count)
        chunk.limit(end + count)
        chunk.position(end)
        chunk.put(data)
        chunk.position(start)
        data.limit(limit)
    }

    /** Hands over what [channel] takes. */
    fun writeTo(channel: GatheringByteChannel) {
        val written = if (chunks.size == 1) {
            channel.write(chunks.first()).toLong()
        } else {
            val some = Array(minOf(chunks.size, MAX_GATHERED)) { chunks[it] }
            channel.write(some)
        }
        taken(written.toInt())
    }

    /** Hands everything to [sink], piece by piece, until that leaves something of a piece. */
    inline fun drain(sink: (ByteBuffer) -> Unit) {
        while (!isEmpty) {
            val chunk = firstChunk()
            val before = chunk.remaining()
            sink(chunk)
            taken(before - chunk.remaining())
            if (chunk.hasRemaining()) return
        }
    }

    fun firstChunk(): ByteBuffer = chunks.first()

    fun taken(count: Int) {
        size -= count
        while (chunks.isNotEmpty() && !chunks.first().hasRemaining()) chunks.removeFirst()
    }

    fun clear() {
        chunks.clear()
        size = 0L
    }

    @NotOnAndroid
    companion object {
        private const val MIN_CHUNK = 4 * 1024
        private const val MAX_CHUNK = 64 * 1024

        /** The JDK copies all that it is given to a direct buffer, each time: not more than a socket may take. */
        private const val MAX_GATHERED = 8
        private const val SLICE = 128 * 1024

        /** Writes what [channel] takes of [data], in slices for the same reason. */
        fun writeSome(channel: WritableByteChannel, data: ByteBuffer) {
            if (data.remaining() <= SLICE || data.isDirect) {
                channel.write(data)
                return
            }
            val limit = data.limit()
            try {
                while (data.position() < limit) {
                    data.limit(minOf(limit, data.position() + SLICE))
                    channel.write(data)
                    if (data.hasRemaining()) return
                }
            } finally {
                data.limit(limit)
            }
        }
    }
}
