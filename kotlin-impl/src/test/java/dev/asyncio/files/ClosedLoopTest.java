package dev.asyncio.files;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.AsyncIterator;
import dev.asyncio.Asyncio;
import dev.asyncio.Coroutine;
import dev.asyncio.EventLoop;
import dev.asyncio.support.Descriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is open, or about to be, when its loop is closed. */
class ClosedLoopTest {
    /** More than a walk fetches at a time. */
    private static final int MANY = 600;

    @TempDir
    private Path directory;

    @Test
    void aWalkThatWasLeftInTheMiddleIsClosed() throws IOException {
        for (int i = 0; i < MANY; i++) {
            Files.createFile(directory.resolve("file" + i));
        }
        String name = directory.toRealPath().toString();
        Asyncio.run(() -> {
            AsyncIterator<Path> walk = AsyncFiles.walk(directory);
            assertTrue(await(walk.advance()));
            assertEquals(Descriptors.areKnown(), !Descriptors.of(name).isEmpty());
        });
        assertEquals(Set.of(), Descriptors.of(name));
    }

    /** Lets the executor's work on {@code opening} begin when the loop is closed. */
    private static void openTooLate(Coroutine<?> opening) {
        Queue<Runnable> jobs = new ArrayDeque<>();
        EventLoop loop = Asyncio.newEventLoop();
        loop.setDefaultExecutor(jobs::add);
        loop.setExceptionHandler((where, report) -> {}); // told of the task that is pending
        loop.runUntilComplete(() -> {
            createTask(opening);
            await(sleep(Duration.ZERO));
        });
        loop.close();
        jobs.remove().run();
    }

    @Test
    void aWatcherThatIsOpenedTooLateIsClosed() {
        Set<String> before = Descriptors.of("anon_inode:inotify");
        openTooLate(FileWatcher.open(directory));
        assertEquals(before, Descriptors.of("anon_inode:inotify"));
    }

    @Test
    void aTemporaryFileThatIsOpenedTooLateIsGone() throws IOException {
        String prefix = "asyncio-closed-loop-" + directory.getFileName();
        openTooLate(AsyncFile.openTemporary(prefix, ""));
        try (var left = Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), prefix + "*")) {
            assertFalse(left.iterator().hasNext());
        }
    }
}
