package dev.asyncio.subprocess;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.support.Programs.assumeInstalled;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.asyncio.support.Runs;
import dev.asyncio.support.Threads;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pipes of processes that no selector can watch. */
@ExtendWith(PipesByThreads.class)
class ThreadPipesTest {
    @Test
    void eachPipeHasAThread() {
        assumeInstalled("cat");
        Runs.real(() -> {
            AsyncProcess cat = await(Subprocess.shell("cat; echo end >&2", SubprocessOptions.PIPES));
            cat.stdin().write("hello\n");
            assertEquals("hello\n", new String(await(cat.stdout().readLine())));
            for (String pipe : List.of("stdin", "stdout", "stderr")) {
                String name = "asyncio-process-" + cat.pid() + "-" + pipe;
                assertEquals(1, Threads.named(name).size(), name);
            }
            assertEquals("end\n", await(cat.communicate()).stderrText());
        });
    }
}
