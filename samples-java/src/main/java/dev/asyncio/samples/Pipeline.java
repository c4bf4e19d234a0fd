package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.gather;

import dev.asyncio.Asyncio;
import dev.asyncio.streams.StreamReader;
import dev.asyncio.streams.StreamWriter;
import dev.asyncio.subprocess.AsyncProcess;
import dev.asyncio.subprocess.Stdio;
import dev.asyncio.subprocess.Subprocess;
import dev.asyncio.subprocess.SubprocessOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Counts words with {@code sort | uniq -c}: two processes, and the loop in the place of the shell's pipe. */
public final class Pipeline {
    private static final List<String> WORDS =
            List.of("await", "task", "loop", "await", "future", "task", "await", "loop", "queue", "await");

    private Pipeline() {}

    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    // @start region="pipeline"
    static void main() throws IOException {
        SubprocessOptions pipes = SubprocessOptions.PIPES.withStderr(Stdio.INHERIT);
        AsyncProcess sort = await(Subprocess.exec(pipes, "sort"), IOException.class);
        AsyncProcess uniq = await(Subprocess.exec(pipes, "uniq", "-c"), IOException.class);
        await(gather(() -> feed(sort.stdin()), () -> pump(sort.stdout(), uniq.stdin()), () -> show(uniq.stdout())));
        System.out.println("sort ended with " + await(sort.waitFor()) + ", uniq with " + await(uniq.waitFor()));
    }

    private static void feed(StreamWriter sort) {
        try (sort) {
            for (String word : WORDS) {
                sort.write(word + "\n");
                await(sort.drain());
            }
        }
    }

    /** Passes on what there is; a slow reader at the end makes all wait, up to the one who feeds. */
    private static void pump(StreamReader from, StreamWriter to) {
        try (to) {
            byte[] data;
            while ((data = await(from.read(4096))).length > 0) {
                to.write(data);
                await(to.drain());
            }
        }
    }

    private static void show(StreamReader counts) {
        await(counts.lines(StandardCharsets.UTF_8).forEach(line -> System.out.println(line.strip())));
    }
    // @end
}
