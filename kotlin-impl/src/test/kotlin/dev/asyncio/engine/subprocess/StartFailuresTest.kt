package dev.asyncio.engine.subprocess

import dev.asyncio.subprocess.Stdio
import dev.asyncio.subprocess.SubprocessOptions
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.FileNotFoundException
import java.io.IOException
import java.nio.file.FileSystemException
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path

/** Why a process did not start, where the reason has gone before anybody looks for it. */
class StartFailuresTest {
    @TempDir
    lateinit var folder: Path

    private fun explain(file: Path, reason: String): FileSystemException {
        val options = SubprocessOptions.DEFAULT.withStdout(Stdio.file(file))
        return StartFailures.explain(IOException(reason, FileNotFoundException(reason)), "cat", options)
            as FileSystemException
    }

    @Test
    fun aStreamsFileThatCouldNotBeMadeIsNotMadeByTheLookForTheReason() {
        val file = folder.resolve("output")
        val explained = explain(file, "$file (Permission denied)")
        assertEquals("$file", explained.file)
        assertEquals("$file (Permission denied)", explained.reason)
        assertFalse(Files.exists(file))
    }

    @Test
    fun aStreamsFileThatIsALinkToNothingIsExplainedAsWhatTheSystemSays() {
        val link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere").resolve("output"))
        val explained = explain(link, "$link (No such file or directory)")
        assertInstanceOf(NoSuchFileException::class.java, explained)
        assertEquals("$link", explained.file)
    }

    @Test
    fun aStreamsFileThatIsThereStaysAsItIs() {
        val file = Files.write(folder.resolve("output"), byteArrayOf(1, 2, 3))
        explain(file, "$file (Permission denied)")
        assertEquals(3, Files.size(file))
    }
}
