package dev.asyncio.samples;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncio.testing.VirtualTime;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample prints what its Python twin prints, here on virtual time where that can be. */
class SamplesTest {
    static SortedSet<String> samples() throws IOException {
        SortedSet<String> samples = SampleFiles.names(SampleFiles.JAVA, ".java");
        assertTrue(samples.removeAll(SampleFiles.OF_THE_WORLD));
        return samples;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void printsWhatPythonPrints(String sample) throws Exception {
        Method main = Class.forName("dev.asyncio.samples." + sample).getMethod("main", String[].class);

        String printed = Printed.by(() -> {
            if (SampleFiles.OF_PROCESSES.contains(sample)) {
                assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there are no programs of Unix");
                main.invoke(null, (Object) new String[0]);
            } else {
                VirtualTime.call(() -> main.invoke(null, (Object) new String[0]));
            }
        });

        assertEquals(SampleFiles.recorded(sample), printed);
    }

    @Test
    void thereIsATwinInKotlinForEachSample() throws IOException {
        assertEquals(SampleFiles.names(SampleFiles.JAVA, ".java"), SampleFiles.names(SampleFiles.KOTLIN, ".kt"));
    }

    @Test
    void thereIsAPythonProgramAndItsRecordedOutputForEachSample() throws IOException {
        SortedSet<String> twins =
                samples().stream().map(SampleFiles::pythonName).collect(toCollection(TreeSet::new));

        assertEquals(twins, SampleFiles.names(SampleFiles.PYTHON, ".out"));
        twins.add("record");
        assertEquals(twins, SampleFiles.names(SampleFiles.PYTHON, ".py"));
    }
}
