package dev.asyncio.samples.kotlin

import dev.asyncio.testing.VirtualTime
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource
import kotlin.io.path.Path
import kotlin.io.path.isExecutable
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.nameWithoutExtension

/** Every sample prints what its Python twin prints, here on virtual time where that can be. */
class SamplesTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    fun printsWhatPythonPrints(sample: String) {
        val main = Class.forName("dev.asyncio.samples.kotlin.${sample}Kt").getMethod("main", Array<String>::class.java)

        val printed = printedBy {
            if (sample in OF_PROCESSES) {
                assumeTrue(Path("/bin/sh").isExecutable(), "there are no programs of Unix")
                main.invoke(null, emptyArray<String>())
            } else {
                VirtualTime.during { main.invoke(null, emptyArray<String>()) }
            }
        }

        assertEquals(recorded(sample), printed)
    }

    private fun recorded(sample: String): String {
        val twin = sample.replace(Regex("(?<=.)(?=\\p{Upper})"), "_").lowercase()
        val output = checkNotNull(javaClass.getResource("/python/$twin.out")) { "no recorded output of $twin.py" }
        return output.readText()
    }

    companion object {
        /** They start processes, for which a loop on virtual time cannot wait. */
        private val OF_PROCESSES = setOf("Pipeline")

        @JvmStatic
        fun samples(): List<String> =
            Path(System.getProperty("basedir", "."), "src/main/kotlin/dev/asyncio/samples/kotlin")
                .listDirectoryEntries("*.kt")
                .map { it.nameWithoutExtension }
                .filterNot(SAMPLES_OF_THE_WORLD::contains)
                .sorted()
    }
}
