package dev.asyncio.support

import java.nio.file.Files
import java.nio.file.Path

/** The sockets that this process has open, but for Unix-domain ones: the JVM has some of its own. */
internal object Sockets {
    private val unixSockets = Path.of("/proc/self/net/unix")
    private const val INODE_COLUMN = 6
    private val spaces = Regex(" +")

    /** Each with the system's own number for it; none where the system does not tell. */
    fun open(): Set<String> {
        val sockets = Descriptors.of("socket:")
        return if (sockets.isEmpty()) sockets else sockets - unix()
    }

    private fun unix(): Set<String> = Files.readAllLines(unixSockets)
        .mapNotNullTo(HashSet()) { line -> line.split(spaces).getOrNull(INODE_COLUMN)?.let { "socket:[$it]" } }
}
