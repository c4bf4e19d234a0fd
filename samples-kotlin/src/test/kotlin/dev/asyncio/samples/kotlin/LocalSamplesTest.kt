package dev.asyncio.samples.kotlin

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.writeText

/** Samples with files, threads and loops of their own. */
class LocalSamplesTest {
    /** What a sample's `main` prints; several files have one. */
    private fun printed(sample: String, vararg arguments: String): String = printedBy {
        val main = Class.forName("dev.asyncio.samples.kotlin.${sample}Kt").getMethod("main", Array<String>::class.java)
        main.invoke(null, arguments)
    }

    @Test
    fun aFileIsWrittenAndRead() {
        assertEquals(
            "38 characters\nline: Hold fast to dreams\nline: For if dreams die\n",
            printed("ReadAndWrite"),
        )
    }

    @Test
    fun linesOfManyFilesAreCounted(
        @TempDir directory: Path,
    ) {
        directory.resolve("some").createDirectories()
        for (lines in 1..100) {
            val ending = if (lines % 2 == 0) "java" else "txt"
            directory.resolve("some").resolve("File$lines.$ending").writeText("line\n".repeat(lines))
        }
        assertEquals("2550 lines in 50 files\n", printed("CountLines", "$directory"))
    }

    @Test
    fun manyLoopsShareWork() {
        val cores = Runtime.getRuntime().availableProcessors()
        assertEquals("17984 primes below 200000, counted on $cores loops\n", printed("ManyLoops"))
    }
}
