package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createSubprocessExec
import dev.asyncio.subprocess.SubprocessOptions
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test
import kotlin.io.path.Path
import kotlin.io.path.isExecutable

/** The Kotlin example of the guide's section on processes, run. */
class ProcessesGuideTest {
    private val log = ArrayList<String>()

    @Test
    fun communicate() {
        assumeTrue(Path("/bin/sh").isExecutable(), "there are no programs of Unix")
        asyncio {
            // @start region="communicate"
            val pipes = SubprocessOptions.PIPES.withVariable("LC_ALL", "C")
            val sort = createSubprocessExec("sort", "-r", options = pipes)
            val output = sort.communicate("a\nb\n").await()
            log += "${output.stdoutText()}ended with ${sort.returnCode()}"
            // @end
        }
        assertEquals(listOf("b\na\nended with 0"), log)
    }
}
