package dev.asyncio.engine.subprocess

import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.subprocess.SubprocessOptions
import java.io.FileNotFoundException
import java.io.IOException
import java.nio.channels.FileChannel
import java.nio.file.AccessDeniedException
import java.nio.file.FileSystemException
import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.NoSuchFileException
import java.nio.file.NotDirectoryException
import java.nio.file.Path
import java.nio.file.StandardOpenOption

/** Why a process does not start, as exceptions that can be told apart. The JDK has one for all reasons. */
@NotOnAndroid
internal object StartFailures {
    private const val NO_SUCH_FILE = 2
    private const val PERMISSION_DENIED = 13
    private const val WINDOWS_ACCESS_DENIED = 5

    private val READING = setOf(StandardOpenOption.READ)
    private val WRITING = setOf(StandardOpenOption.WRITE)

    /** Leaves nothing behind should it succeed, because the reason has gone meanwhile. */
    private val CREATING = WRITING + StandardOpenOption.CREATE_NEW + StandardOpenOption.DELETE_ON_CLOSE

    /** What the system says, in the messages of all JDKs: `error=2, …` and `error: 2 (…)`. */
    private val NUMBER = Regex("""error[=:] ?(\d+)""")

    inline fun explaining(command: List<String>, options: SubprocessOptions, start: () -> Process): Process {
        val directory = options.directory()
        // The system gives the same error for a directory that is missing as for a program.
        if (directory != null) check(command[0], directory)
        try {
            return start()
        } catch (e: IOException) {
            throw explain(e, command[0], options)
        }
    }

    fun check(program: String, directory: Path) {
        if (Files.isDirectory(directory)) return
        val message = "no directory to run '$program' in"
        if (Files.exists(directory)) {
            throw NotDirectoryException(directory.toString()).apply { initCause(IOException(message)) }
        }
        throw NoSuchFileException(directory.toString(), null, message)
    }

    fun explain(e: IOException, program: String, options: SubprocessOptions): IOException {
        val place = options.directory()?.let { " in directory $it" } ?: ""
        // Not in the exception's own message, which begins with the program's name.
        val reason = e.cause?.message ?: ""
        if (e.cause is FileNotFoundException) explainFile(reason, options)?.let { return it.apply { initCause(e) } }
        val number = NUMBER.find(reason)?.groupValues?.get(1)?.toInt()
        val explained = when (number) {
            NO_SUCH_FILE -> NoSuchFileException(program, null, "No such program$place")
            PERMISSION_DENIED, WINDOWS_ACCESS_DENIED ->
                AccessDeniedException(program, null, "No permission to run this program$place")
            else -> FileSystemException(program, null, "Cannot be run$place: ${e.message}")
        }
        explained.initCause(e)
        return explained
    }

    /** A file that a stream was to be, and that cannot be opened because of [reason]; null if it is none of them. */
    private fun explainFile(reason: String, options: SubprocessOptions): FileSystemException? {
        for (stdio in listOf(options.stdin(), options.stdout(), options.stderr())) {
            val path = stdio.path() ?: continue
            if (!reason.startsWith("$path (")) continue
            val how = when {
                stdio === options.stdin() -> READING
                Files.exists(path, LinkOption.NOFOLLOW_LINKS) -> WRITING
                else -> CREATING
            }
            try {
                FileChannel.open(path, how).close() // this tells the reasons apart
                return FileSystemException("$path", null, reason)
            } catch (e: FileSystemException) {
                return e
            }
        }
        return null
    }
}
