package dev.asyncio.samples.docs;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.Task;
import dev.asyncio.files.AsyncFiles;
import dev.asyncio.files.AsyncTextFile;
import dev.asyncio.files.FileMode;
import dev.asyncio.files.FileWatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java examples of the guide's section on files, run. */
class FilesGuideTest {
    private final List<String> log = new ArrayList<>();

    @TempDir
    Path directory;

    @Test
    void files() {
        Path path = directory.resolve("numbers.txt");
        Asyncio.run(() -> {
            // @start region="files"
            await(AsyncFiles.writeString(path, "one\ntwo\n"), IOException.class);

            AsyncTextFile file = await(AsyncTextFile.open(path, FileMode.APPEND_READ), IOException.class);
            await(file.enter(() -> {
                await(file.write("three\n"));
                await(file.seek(0));
                await(file.lines().forEach(line -> log.add(line.strip()))); // async for line in file
            }));
            // @end
        });
        assertEquals(List.of("one", "two", "three"), log);
    }

    @Test
    void watcher() {
        Asyncio.run(() -> {
            Task<?> watch = createTask(() -> {
                // @start region="file-watcher"
                FileWatcher changes = await(FileWatcher.open(directory), IOException.class);
                await(changes.take(1)
                        .forEach(change ->
                                log.add(change.kind() + " " + change.path().getFileName())));
                // @end
            });
            Path file = directory.resolve("file");
            while (!watch.done()) {
                await(AsyncFiles.deleteIfExists(file));
                await(AsyncFiles.writeString(file, "abc"));
            }
        });
        assertTrue(log.size() == 1 && log.get(0).endsWith(" file"), log::toString);
    }
}
