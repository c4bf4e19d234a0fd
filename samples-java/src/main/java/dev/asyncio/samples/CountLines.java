package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.gather;

import dev.asyncio.AsyncIterator;
import dev.asyncio.Asyncio;
import dev.asyncio.Task;
import dev.asyncio.files.AsyncFiles;
import dev.asyncio.files.AsyncTextFile;
import dev.asyncio.sync.Semaphore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Counts the lines of all Java files below a directory, the first argument, many files at once. */
public final class CountLines {
    private CountLines() {}

    public static void main(String[] args) {
        Path directory = Path.of(args.length == 0 ? "." : args[0]);
        Asyncio.run(() -> main(directory));
    }

    // @start region="count-lines"
    static void main(Path directory) {
        Semaphore open = new Semaphore(20); // a process may not open as many files as it likes
        List<Task<Long>> counts = new ArrayList<>();
        await(AsyncFiles.walk(directory)
                .filter(path -> path.toString().endsWith(".java"))
                .forEach(path -> {
                    counts.add(createTask(() -> await(open.hold(() -> count(path)))));
                }));
        long lines = await(gather(counts)).stream().mapToLong(count -> count).sum();
        System.out.println(lines + " lines in " + counts.size() + " files");
    }

    static long count(Path path) {
        AsyncTextFile file = await(AsyncTextFile.open(path));
        return await(file.enter(() -> {
            AsyncIterator<String> lines = file.lines();
            long count = 0;
            while (await(lines.advance())) {
                count++;
            }
            return count;
        }));
    }
    // @end
}
