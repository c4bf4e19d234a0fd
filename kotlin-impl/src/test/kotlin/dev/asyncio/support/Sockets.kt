package dev.asyncio.support

import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path

/** The sockets that this process has open, but for Unix-domain ones: the JVM has some of its own. */
internal object Sockets {
    private val descriptors = Path.of("/proc/self/fd")
    private val unixSockets = Path.of("/proc/self/net/unix")
    private const val INODE_COLUMN = 6
    private val spaces = Regex(" +")

    /** Each with the system's own number for it; none where the system does not tell. */
    fun open(): Set<String> {
        if (!Files.isDirectory(descriptors)) return emptySet()
        val sockets = HashSet<String>()
        Files.newDirectoryStream(descriptors).use { files ->
            for (file in files) targetOf(file)?.takeIf { it.startsWith("socket:") }?.let(sockets::add)
        }
        if (sockets.isNotEmpty()) sockets -= unix()
        return sockets
    }

    private fun targetOf(file: Path): String? = try {
        Files.readSymbolicLink(file).toString()
    } catch (_: IOException) {
        null // closed meanwhile, such as the one that lists the others
    }

    private fun unix(): Set<String> = Files.readAllLines(unixSockets)
        .mapNotNullTo(HashSet()) { line -> line.split(spaces).getOrNull(INODE_COLUMN)?.let { "socket:[$it]" } }
}
