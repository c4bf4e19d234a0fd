package dev.asyncio.engine.subprocess

import dev.asyncio.spi.NotOnAndroid
import java.io.Closeable
import java.io.File
import java.io.IOException
import java.io.RandomAccessFile
import java.nio.channels.SelectableChannel
import java.nio.file.DirectoryStream
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.ThreadLocalRandom

/**
 * Finds the numbers that the system knows channels by, which the JDK keeps to itself. It looks into `/proc`, as there is
 * on Linux, and only looks: no descriptor but that of the channel is touched.
 *
 * To be made before the channels are opened, so that the few descriptors that are new are tried first, of which other
 * threads may have opened some. What tells is not that, but whether a descriptor changes its flags as the channel does.
 *
 * @throws IOException on construction, if there is no such directory or it cannot be read
 */
@NotOnAndroid
internal class DescriptorSearch : Closeable {
    /** Open to the end: its own descriptor is among those that it lists, and its number must not be used again. */
    private val listing: DirectoryStream<Path> = Files.newDirectoryStream(Path.of(DESCRIPTORS))
    private val before: Set<String> = try {
        listing.mapTo(HashSet()) { it.fileName.toString() }
    } catch (e: Throwable) {
        listing.close()
        throw e
    }

    /** Known now, and tried in this order. */
    private val candidates by lazy(LazyThreadSafetyMode.NONE) {
        val (old, new) = File(DESCRIPTORS).list().orEmpty().partition { it in before }
        new + old
    }

    private val bytes = ByteArray(128)

    /** The number of [channel]; null if it is not found. Changes whether the channel is blocking. */
    fun numberOf(channel: SelectableChannel): String? = candidates.firstOrNull { isOf(channel, it) }

    /** Whether the flags of [number] follow those of [channel] through changes that nobody else makes. */
    private fun isOf(channel: SelectableChannel, number: String): Boolean = try {
        RandomAccessFile("$STATES/$number", "r").use { info ->
            (0 until CHANGES).all { change ->
                val blocking = stateAfter(change)
                channel.configureBlocking(blocking)
                isBlocking(info) == blocking
            }
        }
    } catch (_: IOException) {
        false // it was closed by another thread
    }

    private fun stateAfter(change: Int): Boolean =
        if (change < KNOWN_CHANGES) change % 2 == 0 else ThreadLocalRandom.current().nextBoolean()

    private fun isBlocking(info: RandomAccessFile): Boolean {
        info.seek(0)
        val text = String(bytes, 0, maxOf(0, info.read(bytes)), Charsets.US_ASCII)
        val flags = FLAGS_LINE.find(text) ?: throw IOException("no flags: $text")
        return flags.groupValues[1].toInt(OCTAL) and NON_BLOCKING == 0
    }

    override fun close() = listing.close()

    private companion object {
        const val DESCRIPTORS = "/proc/self/fd"
        const val STATES = "/proc/self/fdinfo"
        val FLAGS_LINE = Regex("flags:\\s*([0-7]+)")
        const val OCTAL = 8

        /** `O_NONBLOCK`. It is another one on some old processors, on which nothing is found therefore. */
        const val NON_BLOCKING = 0x800

        /** There and back again: no other descriptor that is set to be non-blocking once does that. */
        const val KNOWN_CHANGES = 4

        /** The rest is random, should somebody else search in the same way. */
        const val CHANGES = 16
    }
}
