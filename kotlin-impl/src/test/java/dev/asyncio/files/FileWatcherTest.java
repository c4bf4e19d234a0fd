package dev.asyncio.files;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.EventLoop;
import dev.asyncio.Task;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Threads;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of files, as the system tells it. */
class FileWatcherTest {
    @TempDir
    Path directory;

    /** The first change of a kind; others may come before, since a system may report more than was done. */
    private static Path next(FileWatcher changes, FileChange.Kind kind) {
        while (await(changes.advance())) {
            if (changes.current().kind() == kind) {
                return changes.current().path();
            }
        }
        throw new AssertionError("the iteration ended without " + kind);
    }

    @Test
    void changesAreToldInTheirOrder() {
        Path file = directory.resolve("file");
        Runs.real(() -> {
            FileWatcher changes = await(FileWatcher.open(directory));
            await(changes.enter(() -> {
                Files.createFile(file);
                assertEquals(file, next(changes, FileChange.Kind.CREATED));
                Files.writeString(file, "abc");
                assertEquals(file, next(changes, FileChange.Kind.MODIFIED));
                Files.delete(file);
                assertEquals(file, next(changes, FileChange.Kind.DELETED));
            }));
        });
    }

    @Test
    void oneFileOfADirectoryIsWatched() {
        Path file = directory.resolve("file");
        Runs.real(() -> {
            FileWatcher changes = await(FileWatcher.open(file));
            await(changes.enter(() -> {
                Files.createFile(directory.resolve("other"));
                Files.createFile(file);
                assertTrue(await(changes.advance()));
                assertEquals(new FileChange(FileChange.Kind.CREATED, file), changes.current());
            }));
        });
    }

    @Test
    void severalDirectoriesAreWatched() throws Exception {
        Path a = Files.createDirectory(directory.resolve("a"));
        Path b = Files.createDirectory(directory.resolve("b"));
        Runs.real(() -> {
            FileWatcher changes = await(FileWatcher.open(a, b));
            await(changes.enter(() -> {
                Files.createFile(a.resolve("file"));
                assertEquals(a.resolve("file"), next(changes, FileChange.Kind.CREATED));
                Files.createFile(b.resolve("file"));
                assertEquals(b.resolve("file"), next(changes, FileChange.Kind.CREATED));
            }));
        });
    }

    @Test
    void theIterationEndsWithTheLastDirectory() throws Exception {
        Path watched = Files.createDirectory(directory.resolve("watched"));
        Runs.real(() -> {
            FileWatcher changes = await(FileWatcher.open(watched));
            Files.delete(watched);
            assertEquals(List.of(new FileChange(FileChange.Kind.DELETED, watched)), await(changes.toList()));
        });
    }

    @Test
    void aMissingDirectoryIsNamed() {
        Path none = directory.resolve("none").resolve("file");
        Runs.real(() -> {
            NoSuchFileException e = assertThrows(NoSuchFileException.class, () -> await(FileWatcher.open(none)));
            assertEquals(none.getParent().toString(), e.getFile());
        });
    }

    @Test
    void closingEndsAWaitAndTheThread() {
        Runs.real(() -> {
            FileWatcher changes = await(FileWatcher.open(directory));
            assertEquals(1, Threads.named("asyncio-file-watcher").size());
            Task<Boolean> waiting = createTask(changes.advance());
            await(sleep(Duration.ZERO));
            await(changes.close());
            await(changes.close());
            assertFalse(await(waiting));
            assertEquals(List.of(), Threads.named("asyncio-file-watcher"));
            assertFalse(await(changes.advance()));
        });
    }

    @Test
    void aCancelledWaitMissesNothing() {
        Path file = directory.resolve("file");
        Runs.real(() -> {
            FileWatcher changes = await(FileWatcher.open(directory));
            await(changes.enter(() -> {
                Task<Boolean> waiting = createTask(changes.advance());
                await(sleep(Duration.ZERO));
                waiting.cancel();
                assertThrows(CancelledError.class, () -> await(waiting));
                Files.createFile(file);
                assertEquals(file, next(changes, FileChange.Kind.CREATED));
            }));
        });
    }

    @Test
    void twoCannotAdvanceAtOnce() {
        Runs.real(() -> {
            FileWatcher changes = await(FileWatcher.open(directory));
            await(changes.enter(() -> {
                Task<Boolean> waiting = createTask(changes.advance());
                await(sleep(Duration.ZERO));
                assertThrows(IllegalStateException.class, () -> await(changes.advance()));
                waiting.cancel();
                assertThrows(CancelledError.class, () -> await(waiting));
            }));
        });
    }

    @Test
    void aLoopOnVirtualTimeWaitsForChanges() {
        Path file = directory.resolve("file");
        Runs.virtual(() -> {
            FileWatcher changes = await(FileWatcher.open(directory));
            await(changes.enter(() -> {
                Files.createFile(file);
                assertEquals(file, next(changes, FileChange.Kind.CREATED));
            }));
        });
    }

    /** The check for leftovers that follows finds the thread if it is still there. */
    @Test
    void aLoopThatIsClosedEndsTheThread() {
        EventLoop loop = Asyncio.newEventLoop();
        FileWatcher changes = loop.runUntilComplete(FileWatcher.open(directory));
        assertEquals("<FileWatcher>", changes.toString());
        loop.close();
    }
}
