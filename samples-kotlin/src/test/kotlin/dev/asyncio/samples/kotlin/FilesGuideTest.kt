package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asFlow
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.use
import dev.asyncio.files.AsyncFiles
import dev.asyncio.files.AsyncTextFile
import dev.asyncio.files.FileMode
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path

/** The Kotlin examples of the guide's section on files, run. */
class FilesGuideTest {
    private val log = ArrayList<String>()

    @Test
    fun files(
        @TempDir directory: Path,
    ) {
        val path = directory.resolve("numbers.txt")
        asyncio {
            // @start region="files"
            AsyncFiles.writeString(path, "one\ntwo\n").await()

            AsyncTextFile.open(path, FileMode.APPEND_READ).await().use { file ->
                file.write("three\n").await()
                file.seek(0).await()
                file.lines().asFlow().collect { line -> log.add(line.trim()) } // async for line in file
            }
            // @end
        }
        assertEquals(listOf("one", "two", "three"), log)
    }
}
