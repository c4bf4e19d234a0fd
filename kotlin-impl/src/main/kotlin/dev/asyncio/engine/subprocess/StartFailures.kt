package dev.asyncio.engine.subprocess

import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.subprocess.SubprocessOptions
import java.io.IOException
import java.nio.file.AccessDeniedException
import java.nio.file.FileSystemException
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.NotDirectoryException
import java.nio.file.Path

/** Why a process does not start, as exceptions that can be told apart. The JDK has one for all reasons. */
@NotOnAndroid
internal object StartFailures {
    private const val NO_SUCH_FILE = 2
    private const val PERMISSION_DENIED = 13
    private const val WINDOWS_ACCESS_DENIED = 5

    /** What all JDKs have in their messages: `error=2, …` and `error: 2 (…)`. */
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
        val number = NUMBER.find(e.message ?: "")?.groupValues?.get(1)?.toInt()
        val explained = when (number) {
            NO_SUCH_FILE -> NoSuchFileException(program, null, "No such program$place")
            PERMISSION_DENIED, WINDOWS_ACCESS_DENIED ->
                AccessDeniedException(program, null, "No permission to run this program$place")
            else -> FileSystemException(program, null, "Cannot be run$place: ${e.message}")
        }
        explained.initCause(e)
        return explained
    }
}
