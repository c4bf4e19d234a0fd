package dev.asyncio.engine.files

import dev.asyncio.files.FileChange
import dev.asyncio.spi.NotOnAndroid
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardWatchEventKinds.ENTRY_CREATE
import java.nio.file.StandardWatchEventKinds.ENTRY_DELETE
import java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY
import java.nio.file.StandardWatchEventKinds.OVERFLOW
import java.nio.file.WatchEvent
import java.nio.file.WatchKey
import java.nio.file.WatchService

/** What is watched, and what of it is of interest. The watcher's thread only, but for [open] and [service]. */
@NotOnAndroid
internal class WatchedPaths(val service: WatchService, directories: Map<WatchKey, List<Directory>>) {
    private val directories = HashMap(directories)

    /** One directory by the name the user gave it; [names] of entries, all if null. */
    @NotOnAndroid
    internal class Directory(val path: Path, val names: Set<Path>?)

    val isEmpty: Boolean get() = directories.isEmpty()

    /** What [key] has to report. It is ready to report more afterwards, unless its directory is gone. */
    fun changes(key: WatchKey): List<FileChange> {
        val watched = directories[key] ?: return emptyList()
        val changes = ArrayList<FileChange>()
        for (event in key.pollEvents()) watched.mapNotNullTo(changes) { change(it, event) }
        if (!key.reset()) {
            directories.remove(key)
            watched.mapTo(changes) { FileChange(FileChange.Kind.DELETED, it.path) }
        }
        return changes
    }

    private fun change(directory: Directory, event: WatchEvent<*>): FileChange? {
        val kind = when (event.kind()) {
            ENTRY_CREATE -> FileChange.Kind.CREATED
            ENTRY_MODIFY -> FileChange.Kind.MODIFIED
            ENTRY_DELETE -> FileChange.Kind.DELETED
            OVERFLOW -> return FileChange(FileChange.Kind.OVERFLOW, directory.path)
            else -> return null
        }
        val name = event.context() as Path
        if (directory.names != null && name !in directory.names) return null
        return FileChange(kind, directory.path.resolve(name))
    }

    @NotOnAndroid
    companion object {
        fun open(paths: List<Path>): WatchedPaths {
            val service = paths.first().fileSystem.newWatchService()
            try {
                val directories = HashMap<WatchKey, MutableList<Directory>>()
                for (path in paths) {
                    val directory = directoryOf(path)
                    val key = naming(directory.path) {
                        // Without a name there is no parent either: the working directory is "".
                        val place = directory.path.takeUnless { "$it".isEmpty() } ?: directory.path.toAbsolutePath()
                        place.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE)
                    }
                    directories.getOrPut(key) { ArrayList() }.add(directory)
                }
                return WatchedPaths(service, directories)
            } catch (e: Throwable) {
                service.close()
                throw e
            }
        }

        private fun directoryOf(path: Path): Directory {
            if (Files.isDirectory(path)) return Directory(path, null)
            return Directory(path.parent ?: path.fileSystem.getPath(""), setOf(path.fileName))
        }
    }
}
