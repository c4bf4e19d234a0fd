package dev.asyncio.engine.files

import dev.asyncio.files.FileMode
import dev.asyncio.files.FileOptions
import dev.asyncio.spi.NotOnAndroid
import java.io.ByteArrayOutputStream
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.file.FileSystemException
import java.nio.file.Files
import java.nio.file.OpenOption
import java.nio.file.Path
import java.nio.file.StandardOpenOption.APPEND
import java.nio.file.StandardOpenOption.CREATE
import java.nio.file.StandardOpenOption.CREATE_NEW
import java.nio.file.StandardOpenOption.READ
import java.nio.file.StandardOpenOption.TRUNCATE_EXISTING
import java.nio.file.StandardOpenOption.WRITE

/**
 * A file and its read buffer. It blocks, and knows nothing of loops; one thread at a time.
 *
 * @param channel reads, and writes unless there is an [appender]; null where the file is open for appending only
 */
@NotOnAndroid
internal class ByteFile private constructor(
    val path: Path,
    private val channel: FileChannel?,
    private val appender: FileChannel?,
    bufferSize: Int,
    private val deleteOnClose: Boolean,
) {
    /** What was read ahead: from position to limit it is still to be taken. It starts at [bufferStart] in the file. */
    private val buffer: ByteBuffer? = channel?.let { ByteBuffer.allocate(bufferSize).limit(0) }
    private var bufferStart = 0L

    /** A pipe or a device, which gives its bytes only once, has none. */
    private val isSeekable: Boolean

    /** Where the channel stands. */
    private var channelAt = 0L

    init {
        val any = channel ?: appender!!
        isSeekable = Files.isRegularFile(path)
        if (isSeekable && appender != null) bufferStart = any.size()
    }

    val position: Long get() = bufferStart + (buffer?.position() ?: 0)

    val size: Long get() = (channel ?: appender!!).size()

    /** Moves to [target], keeping the buffer if it is in there. */
    fun moveTo(target: Long) {
        val offset = target - bufferStart
        val buffer = buffer
        if (buffer != null && offset >= 0 && offset <= buffer.limit()) {
            buffer.position(offset.toInt())
        } else {
            buffer?.clear()?.limit(0)
            bufferStart = target
        }
    }

    /** Moves back to [target], if there is a way. */
    fun goBackTo(target: Long) {
        if (isSeekable || target - bufferStart in 0..(buffer?.limit() ?: 0)) moveTo(target)
    }

    fun seek(target: Long): Long {
        if (!isSeekable &&
            target != position
        ) {
            throw FileSystemException("$path", null, "cannot be sought: no regular file")
        }
        moveTo(target)
        return target
    }

    // ---- reading

    /** The first [count] bytes of the file, fewer if there are fewer or they cannot be read. The position stays. */
    fun head(count: Int): ByteArray {
        val head = ByteBuffer.allocate(count)
        try {
            // Not by the channel, which may be for writing only.
            if (isSeekable) FileChannel.open(path, READ).use { it.read(head, 0) }
        } catch (_: IOException) {
            return NOTHING
        }
        return head.array().copyOf(head.position())
    }

    /** Up to [max] bytes, as many as one read of the system gives; none at the end. */
    fun readSome(max: Int): ByteArray {
        val buffer = buffer!!
        if (!buffer.hasRemaining() && !fill(buffer)) return NOTHING
        return take(buffer, minOf(max, buffer.remaining()))
    }

    /** [count] bytes, fewer only at the end. */
    fun read(count: Int): ByteArray = bytesInBuffer(count) ?: collect(limit = count.toLong())

    fun readAll(): ByteArray {
        if (isSeekable && size - position > MAX_ARRAY) throw tooLarge()
        return collect(limit = MAX_ARRAY, failBeyond = true)
    }

    /** What [read] gives if it need not read anything; null if it has to. */
    fun bytesInBuffer(count: Int): ByteArray? {
        val buffer = buffer!!
        return if (buffer.remaining() >= count) take(buffer, count) else null
    }

    /** A line with its end, the last one maybe without, or nothing at the end of the file. */
    fun readLine(): ByteArray {
        val buffer = buffer!!
        lineInBuffer()?.let { return it }
        val line = ByteArrayOutputStream()
        while (true) {
            if (line.size().toLong() + buffer.remaining() > MAX_ARRAY) throw tooLarge()
            line.write(take(buffer, buffer.remaining()))
            if (!fill(buffer)) return line.toByteArray()
            val end = lineInBuffer() ?: continue
            line.write(end)
            return line.toByteArray()
        }
    }

    /** A line that the buffer has to its end; null if it has none. */
    fun lineInBuffer(): ByteArray? {
        val buffer = buffer!!
        for (i in buffer.position() until buffer.limit()) {
            if (buffer.get(i) == LINE_FEED) return take(buffer, i + 1 - buffer.position())
        }
        return null
    }

    private fun collect(limit: Long, failBeyond: Boolean = false): ByteArray {
        val buffer = buffer!!
        val bytes = ByteArrayOutputStream()
        while (true) {
            val wanted = limit - bytes.size()
            if (wanted == 0L && !failBeyond) return bytes.toByteArray()
            if (!buffer.hasRemaining() && !fill(buffer)) return bytes.toByteArray()
            if (failBeyond && buffer.remaining() > wanted) throw tooLarge()
            bytes.write(take(buffer, minOf(wanted, buffer.remaining().toLong()).toInt()))
        }
    }

    private fun take(buffer: ByteBuffer, count: Int): ByteArray = ByteArray(count).also { buffer.get(it) }

    /** Reads ahead into the buffer, which has been used up; false at the end. */
    private fun fill(buffer: ByteBuffer): Boolean = naming(path) {
        val from = position
        place(from)
        buffer.clear()
        val count =
            try {
                channel!!.read(buffer)
            } finally {
                buffer.flip()
                bufferStart = from
            }
        if (count > 0) channelAt += count
        count > 0
    }

    private fun place(target: Long) {
        if (channelAt == target) return
        channel!!.position(target)
        channelAt = target
    }

    private fun tooLarge() = FileSystemException("$path", null, "too large for one array of bytes")

    // ---- writing

    fun write(data: ByteBuffer) = naming(path) {
        if (!data.hasRemaining()) return@naming // not even to the end, for appending
        if (appender != null) {
            while (data.hasRemaining()) appender.write(data)
            moveTo(if (isSeekable) appender.size() else 0)
        } else {
            val from = position
            place(from)
            // What was read ahead may be overwritten.
            buffer?.clear()?.limit(0)
            bufferStart = from
            while (data.hasRemaining()) {
                val count = channel!!.write(data)
                channelAt += count
                bufferStart += count
            }
        }
    }

    fun truncate(size: Long): Long = naming(path) {
        val writer = appender ?: channel!!
        val at = position
        buffer?.clear()?.limit(0)
        bufferStart = at
        val old = writer.size()
        if (size < old) writer.truncate(size)
        // Appending writes at the end in any case, so it fills up byte by byte what it cannot skip.
        if (size > old) {
            if (appender == null) {
                channel!!.write(ByteBuffer.allocate(1), size - 1)
            } else {
                fillUp(size - old)
            }
        }
        channelAt = UNKNOWN
        size
    }

    private fun fillUp(count: Long) {
        var left = count
        while (left > 0) left -= appender!!.write(ByteBuffer.allocate(minOf(left, FILL_CHUNK).toInt()))
    }

    fun sync() = naming(path) { (appender ?: channel!!).force(true) }

    fun close(): Unit = naming(path) {
        try {
            channel.use { appender.use {} }
        } finally {
            if (deleteOnClose) Files.deleteIfExists(path)
        }
    }

    @NotOnAndroid
    companion object {
        private const val LINE_FEED = '\n'.code.toByte()
        private const val MAX_ARRAY = Int.MAX_VALUE - 8L
        private const val FILL_CHUNK = 1L shl 16
        private const val UNKNOWN = -1L
        private val NOTHING = ByteArray(0)

        fun open(path: Path, options: FileOptions, deleteOnClose: Boolean = false): ByteFile = naming(path) {
            if (Files.isDirectory(path)) throw FileSystemException("$path", null, "Is a directory")
            val mode = options.mode()
            val appender = if (mode in APPENDING) FileChannel.open(path, CREATE, APPEND) else null
            try {
                val channel = openOptions(mode)?.let { FileChannel.open(path, it) }
                ByteFile(path, channel, appender, options.bufferSize(), deleteOnClose)
            } catch (e: IOException) {
                appender?.close()
                throw e
            }
        }

        private val APPENDING = setOf(FileMode.APPEND, FileMode.APPEND_READ)

        private fun openOptions(mode: FileMode): Set<OpenOption>? = when (mode) {
            FileMode.READ, FileMode.APPEND_READ -> setOf(READ)
            FileMode.WRITE -> setOf(WRITE, CREATE, TRUNCATE_EXISTING)
            FileMode.APPEND -> null
            FileMode.CREATE -> setOf(WRITE, CREATE_NEW)
            FileMode.READ_WRITE -> setOf(READ, WRITE)
            FileMode.WRITE_READ -> setOf(READ, WRITE, CREATE, TRUNCATE_EXISTING)
            FileMode.CREATE_READ -> setOf(READ, WRITE, CREATE_NEW)
        }
    }
}
