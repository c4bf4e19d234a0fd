package dev.asyncio.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples with files, threads and loops of their own. */
class LocalSamplesTest {
    @Test
    void aFileIsWrittenAndRead() throws Exception {
        assertEquals(
                "38 characters\nline: Hold fast to dreams\nline: For if dreams die\n",
                Printed.by(() -> ReadAndWrite.main(new String[0])));
    }

    @Test
    void linesOfManyFilesAreCounted(@TempDir Path directory) throws Exception {
        for (int lines = 1; lines <= 100; lines++) {
            Path file = directory.resolve("some").resolve("File" + lines + (lines % 2 == 0 ? ".java" : ".txt"));
            Files.createDirectories(file.getParent());
            Files.writeString(file, "line\n".repeat(lines));
        }
        assertEquals(
                "2550 lines in 50 files\n", Printed.by(() -> CountLines.main(new String[] {directory.toString()})));
    }

    @Test
    void manyLoopsShareWork() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        assertEquals(
                "17984 primes below 200000, counted on " + cores + " loops\n",
                Printed.by(() -> ManyLoops.main(new String[0])));
    }
}
