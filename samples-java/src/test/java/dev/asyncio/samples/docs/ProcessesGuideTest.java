package dev.asyncio.samples.docs;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.TimeoutException;
import dev.asyncio.subprocess.AsyncProcess;
import dev.asyncio.subprocess.ProcessOutput;
import dev.asyncio.subprocess.Stdio;
import dev.asyncio.subprocess.Subprocess;
import dev.asyncio.subprocess.SubprocessOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Java examples of the guide's section on processes, run. */
class ProcessesGuideTest {
    private final List<String> log = new ArrayList<>();

    @BeforeAll
    static void needsAShell() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there are no programs of Unix");
    }

    @Test
    void communicate() {
        Asyncio.run(() -> {
            // @start region="communicate"
            SubprocessOptions pipes = SubprocessOptions.PIPES.withVariable("LC_ALL", "C");
            AsyncProcess sort = await(Subprocess.exec(pipes, "sort", "-r"), IOException.class);
            ProcessOutput output = await(sort.communicate("a\nb\n"));
            log.add(output.stdoutText() + "ended with " + sort.returnCode());
            // @end
        });
        assertEquals(List.of("b\na\nended with 0"), log);
    }

    @Test
    void kill() {
        Asyncio.run(() -> {
            SubprocessOptions options = SubprocessOptions.DEFAULT.withStdout(Stdio.PIPE);
            // @start region="kill-process"
            AsyncProcess slow = await(Subprocess.shell("exec sleep 1000", options), IOException.class);
            try {
                await(timeout(Duration.ofMillis(100), slow.communicate()));
            } catch (TimeoutException e) {
                slow.kill(); // a timeout does not
                log.add("ended with " + await(slow.waitFor()));
            }
            // @end
        });
        assertEquals(List.of("ended with -9"), log);
    }
}
