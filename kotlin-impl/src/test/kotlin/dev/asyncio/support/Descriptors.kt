package dev.asyncio.support

import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path

/** What this process has open. */
object Descriptors {
    private val all = Path.of("/proc/self/fd")

    /** Whether the system tells. */
    @JvmStatic
    fun areKnown(): Boolean = Files.isDirectory(all)

    /** The pipes, each with the system's own number for it; none where the system does not tell. */
    @JvmStatic
    fun pipes(): Set<String> = of("pipe:")

    /** How many there are of any kind. */
    @JvmStatic
    fun count(): Int = Files.newDirectoryStream(all).use { files -> files.count() }

    /** What the descriptor of this number is. */
    @JvmStatic
    fun target(number: String): String? = targetOf(all.resolve(number))

    /** Those whose names begin like that. */
    @JvmStatic
    fun of(kind: String): Set<String> {
        if (!areKnown()) return emptySet()
        return Files.newDirectoryStream(all).use { files ->
            files.mapNotNullTo(HashSet()) { file -> targetOf(file)?.takeIf { it.startsWith(kind) } }
        }
    }

    private fun targetOf(file: Path): String? = try {
        Files.readSymbolicLink(file).toString()
    } catch (_: IOException) {
        null // closed meanwhile, such as the one that lists the others
    }
}
