package dev.asyncio.subprocess;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.currentTask;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.CancelledError;
import dev.asyncio.Task;
import dev.asyncio.support.Runs;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What processes are started with, and what keeps them from being started. */
class SubprocessStartTest extends SubprocessFixture {
    @TempDir
    Path folder;

    private static String outputOf(SubprocessOptions options, String command) {
        AsyncProcess process = await(Subprocess.shell(command, options));
        return await(process.communicate()).stdoutText();
    }

    // ---- options

    @Test
    void errorsCanGoWhereTheOutputGoes() {
        Runs.real(() -> {
            SubprocessOptions merged = OUTPUT.withStderr(Stdio.STDOUT);
            AsyncProcess process = await(Subprocess.shell("echo a; echo b >&2; echo c", merged));
            assertNull(process.stderr());
            assertEquals("a\nb\nc\n", await(process.communicate()).stdoutText());
        });
    }

    @Test
    void streamsCanBeFiles() throws IOException {
        Path input = Files.writeString(folder.resolve("in"), "from a file\n");
        Path output = folder.resolve("out");
        Runs.real(() -> {
            SubprocessOptions files = SubprocessOptions.DEFAULT.withStdin(Stdio.file(input));
            AsyncProcess first = await(Subprocess.exec(files.withStdout(Stdio.file(output)), "cat"));
            assertEquals(0, await(first.waitFor()));
            AsyncProcess second = await(Subprocess.exec(files.withStdout(Stdio.appendTo(output)), "cat"));
            assertEquals(0, await(second.waitFor()));
            SubprocessOptions errors = SubprocessOptions.DEFAULT.withStderr(Stdio.appendTo(output));
            assertEquals(
                    0, await(await(Subprocess.shell("echo error >&2", errors)).waitFor()));
        });
        assertEquals("from a file\nfrom a file\nerror\n", Files.readString(output));
    }

    @Test
    void streamsCanBeNothing() {
        Runs.real(() -> {
            assertEquals("", outputOf(OUTPUT.withStdin(Stdio.DEVNULL), "cat"));
            assertEquals("", outputOf(OUTPUT.withStderr(Stdio.DEVNULL), "echo nobody hears that >&2"));
            AsyncProcess process = await(Subprocess.shell("echo x", OUTPUT.withStdout(Stdio.DEVNULL)));
            assertEquals(0, await(process.waitFor()));
        });
    }

    @Test
    void theEnvironmentIsInheritedExtendedOrReplaced() {
        String show = "echo \"$MY_NAME/$PATH\"";
        String path = System.getenv("PATH");
        Runs.real(() -> {
            assertEquals("/" + path + "\n", outputOf(OUTPUT, show));
            assertEquals("me/" + path + "\n", outputOf(OUTPUT.withVariable("MY_NAME", "me"), show));
            SubprocessOptions replaced = OUTPUT.withEnvironment(Map.of("MY_NAME", "only me", "PATH", "/nowhere"));
            assertEquals("only me//nowhere\n", outputOf(replaced, show));
            assertEquals("you//nowhere\n", outputOf(replaced.withVariables(Map.of("MY_NAME", "you")), show));
            assertEquals("//nowhere\n", outputOf(replaced.withVariable("MY_NAME", null), show));
            assertEquals(
                    "",
                    outputOf(OUTPUT.withEnvironment(Collections.emptyMap()), "echo \"$HOME\"")
                            .trim());
        });
    }

    @Test
    void theDirectoryCanBeAnother() throws IOException {
        Path real = folder.toRealPath();
        Runs.real(() -> assertEquals(real + "\n", outputOf(OUTPUT.withDirectory(real), "pwd -P")));
    }

    @Test
    void argumentsAreNotTouched() {
        Runs.real(() -> {
            String strange = "a b  'c' \"d\" $HOME * ; \\ \n";
            AsyncProcess process = await(Subprocess.exec(OUTPUT, "printf", "%s|", strange, ""));
            assertEquals(strange + "||", await(process.communicate()).stdoutText());
        });
    }

    // ---- an end while it starts

    @Test
    void aProcessThatWasStartedForNobodyIsKilled() {
        Runs.real(() -> {
            long before = ProcessHandle.current().children().count();
            Task<AsyncProcess> starting = createTask(Subprocess.exec(PIPES, "sleep", FOR_EVER));
            await(sleep(Duration.ZERO));
            starting.cancel();
            assertThrows(CancelledError.class, () -> await(starting));
            assertEquals(before, ProcessHandle.current().children().count());
            assertNotNull(currentTask());
        });
    }

    @Test
    void theProgramCanEndWhileAProcessStarts() {
        for (int turns = 0; turns < 200; turns += 10) {
            int count = turns;
            Runs.real(() -> {
                long before = ProcessHandle.current().children().count();
                Task<Void> starting = createTask(() -> {
                    AsyncProcess process = await(Subprocess.exec(PIPES, "cat"));
                    try {
                        await(process.communicate());
                    } finally {
                        if (process.returnCode() == null) {
                            process.kill();
                            await(process.waitFor());
                        }
                    }
                });
                for (int i = 0; i < count; i++) {
                    await(sleep(Duration.ZERO));
                }
                while (count >= 50 && ProcessHandle.current().children().count() == before && !starting.done()) {
                    await(sleep(Duration.ZERO));
                }
                for (int i = 0; i < count % 50 / 10; i++) {
                    await(sleep(Duration.ZERO));
                }
            });
        }
    }

    @Test
    void aStartCanBeCancelledAtAnyTime() {
        Runs.real(() -> {
            long before = ProcessHandle.current().children().count();
            for (int turns = 0; turns < 200; turns += 10) {
                Task<AsyncProcess> starting = createTask(Subprocess.exec(PIPES, "sleep", FOR_EVER));
                for (int i = 0; i < turns; i++) {
                    await(sleep(Duration.ZERO));
                }
                // Now while the thread starts it; later, while its pipes are connected; at last, when all is done.
                while (turns >= 50 && ProcessHandle.current().children().count() == before && !starting.done()) {
                    await(sleep(Duration.ZERO));
                }
                if (starting.cancel()) {
                    assertThrows(CancelledError.class, () -> await(starting));
                } else {
                    AsyncProcess process = await(starting);
                    process.kill();
                    await(process.waitFor());
                }
                assertEquals(before, ProcessHandle.current().children().count());
            }
        });
    }

    // ---- what goes wrong

    @Test
    void aProgramThatIsNotThereIsNamed() {
        Runs.real(() -> {
            NoSuchFileException missing = assertThrows(
                    NoSuchFileException.class, () -> await(Subprocess.exec("no-such-program", "x"), IOException.class));
            assertEquals("no-such-program", missing.getFile());
            NoSuchFileException there = assertThrows(
                    NoSuchFileException.class,
                    () -> await(Subprocess.exec(OUTPUT.withDirectory(folder), "no-such"), IOException.class));
            assertTrue(there.getMessage().contains(folder.toString()), there.getMessage());
        });
    }

    @Test
    void aProgramThatMayNotBeRunIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("data"), "no program");
        Runs.real(() -> {
            AccessDeniedException denied = assertThrows(
                    AccessDeniedException.class, () -> await(Subprocess.exec(file.toString()), IOException.class));
            assertEquals(file.toString(), denied.getFile());
        });
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() throws IOException {
        Path missing = folder.resolve("missing");
        Path file = Files.writeString(folder.resolve("file"), "");
        Runs.real(() -> {
            NoSuchFileException none = assertThrows(
                    NoSuchFileException.class,
                    () -> await(Subprocess.exec(OUTPUT.withDirectory(missing), "true"), IOException.class));
            assertEquals(missing.toString(), none.getFile());
            assertTrue(none.getMessage().contains("'true'"), none.getMessage());
            NotDirectoryException other = assertThrows(
                    NotDirectoryException.class,
                    () -> await(Subprocess.exec(OUTPUT.withDirectory(file), "true"), IOException.class));
            assertEquals(file.toString(), other.getFile());
        });
    }

    @Test
    void aStreamsFileThatIsNotThereIsNamed() {
        Path missing = folder.resolve("missing");
        Path nowhere = missing.resolve("file");
        SubprocessOptions options = SubprocessOptions.DEFAULT;
        assertNotStarted(NoSuchFileException.class, missing, options.withStdin(Stdio.file(missing)));
        assertNotStarted(NoSuchFileException.class, nowhere, options.withStdout(Stdio.file(nowhere)));
        assertNotStarted(NoSuchFileException.class, nowhere, options.withStderr(Stdio.appendTo(nowhere)));
        assertNotStarted(FileSystemException.class, folder, options.withStdin(Stdio.file(folder)));
    }

    private static void assertNotStarted(
            Class<? extends FileSystemException> reason, Path file, SubprocessOptions options) {
        Runs.real(() -> {
            FileSystemException e =
                    assertThrows(reason, () -> await(Subprocess.exec(options, "cat"), IOException.class));
            assertEquals(file.toString(), e.getFile());
        });
    }

    @Test
    void theNameOfAProgramIsNoReason() {
        Runs.real(() -> {
            String name = "error=13";
            NoSuchFileException missing =
                    assertThrows(NoSuchFileException.class, () -> await(Subprocess.exec(name), IOException.class));
            assertEquals(name, missing.getFile());
        });
    }

    @Test
    void badArgumentsAreRefusedAtOnce() {
        assertThrows(IllegalArgumentException.class, () -> Subprocess.exec());
        assertThrows(IllegalArgumentException.class, () -> Subprocess.exec(""));
        assertThrows(IllegalArgumentException.class, () -> Subprocess.exec("echo", "a\0b"));
        assertThrows(IllegalArgumentException.class, () -> Subprocess.shell("echo a\0b"));
        assertThrows(NullPointerException.class, () -> Subprocess.exec("echo", null));
    }

    @Test
    void aLoopOnVirtualTimeStartsNothing() {
        Runs.virtual(() -> {
            UnsupportedOperationException e =
                    assertThrows(UnsupportedOperationException.class, () -> await(Subprocess.exec("true")));
            assertTrue(e.getMessage().contains("virtual time"), e.getMessage());
        });
    }

    @Test
    void nothingIsStartedBeforeTheAwait() {
        Path file = folder.resolve("made");
        Runs.real(() -> {
            var starting = Subprocess.exec("touch", file.toString());
            await(sleep(Duration.ofMillis(20)));
            assertFalse(Files.exists(file));
            await(await(starting).waitFor());
            assertTrue(Files.exists(file));
        });
    }
}
