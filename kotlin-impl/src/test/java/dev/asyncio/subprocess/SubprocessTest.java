package dev.asyncio.subprocess;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.currentTask;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.shield;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.timeout;
import static dev.asyncio.Asyncio.waitFor;
import static dev.asyncio.support.Programs.assumeInstalled;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.CancelledError;
import dev.asyncio.Task;
import dev.asyncio.TimeoutException;
import dev.asyncio.streams.StreamReader;
import dev.asyncio.streams.StreamWriter;
import dev.asyncio.support.AsyncioLog;
import dev.asyncio.support.Runs;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes for code that awaits. */
@ExtendWith(NoPipesLeft.class)
class SubprocessTest {
    private static final SubprocessOptions PIPES = SubprocessOptions.PIPES;
    private static final SubprocessOptions OUTPUT = SubprocessOptions.DEFAULT.withStdout(Stdio.PIPE);

    /** What sleeps, reads its input to the end first, or is one of many, must not live on. */
    private static final String FOR_EVER = "1000";

    @TempDir
    Path folder;

    @BeforeAll
    static void needsAShell() {
        assumeInstalled("sh");
        assumeInstalled("cat");
        assumeInstalled("sleep");
    }

    private static String outputOf(SubprocessOptions options, String command) {
        AsyncProcess process = await(Subprocess.shell(command, options));
        return await(process.communicate()).stdoutText();
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    // ---- input and output

    @Test
    void communicateGivesTheOutputs() {
        Runs.real(() -> {
            AsyncProcess process = await(Subprocess.shell("cat; echo oops >&2; exit 3", PIPES));
            assertNull(process.returnCode());
            ProcessOutput output = await(process.communicate("hällo"));
            assertEquals("hällo", output.stdoutText());
            assertEquals("oops\n", output.stderrText());
            assertEquals(3, process.returnCode());
            assertEquals(3, await(process.waitFor()));
        });
    }

    @Test
    void onlyWhatIsAPipeHasAStream() {
        Runs.real(() -> {
            AsyncProcess process = await(Subprocess.exec("true"));
            assertNull(process.stdin());
            assertNull(process.stdout());
            assertNull(process.stderr());
            ProcessOutput output = await(process.communicate());
            assertNull(output.stdout());
            assertNull(output.stderr());
            assertEquals("", output.stdoutText());
            assertThrows(IllegalArgumentException.class, () -> process.communicate("input for nobody"));
            assertTrue(process.pid() > 0);
        });
    }

    @Test
    void thePipesAreStreams() {
        Runs.real(() -> {
            AsyncProcess cat = await(Subprocess.exec(PIPES.withStderr(Stdio.INHERIT), "cat"));
            StreamWriter in = cat.stdin();
            StreamReader out = cat.stdout();
            for (int i = 0; i < 100; i++) {
                in.write("line " + i + "\n");
                await(in.drain());
                assertEquals("line " + i + "\n", new String(await(out.readLine())));
            }
            in.close();
            await(in.waitClosed());
            assertEquals(0, await(out.read()).length);
            assertEquals(0, await(cat.waitFor()));
        });
    }

    @Test
    void tenMegabytesGoBothWays() {
        Runs.real(() -> {
            byte[] data = noise(10_000_000);
            AsyncProcess cat = await(Subprocess.exec(PIPES, "cat"));
            assertArrayEquals(data, await(cat.communicate(data)).stdout());
        });
    }

    @Test
    void bothOutputsAreReadAtATime() {
        Runs.real(() -> {
            String command = "head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2; head -c 1000000 /dev/zero";
            AsyncProcess process = await(Subprocess.shell(command, PIPES));
            ProcessOutput output = await(process.communicate());
            assertEquals(4_000_000, output.stdout().length);
            assertEquals(3_000_000, output.stderr().length);
        });
    }

    @Test
    void whoDoesNotReadMakesTheProcessWait() {
        Runs.real(() -> {
            String command = "head -c 20000000 /dev/zero; echo done >&2";
            AsyncProcess process = await(Subprocess.shell(command, PIPES.withLimit(1000)));
            Task<byte[]> said = createTask(process.stderr().readLine());
            // It can come to its end only when its output was read.
            assertThrows(TimeoutException.class, () -> await(waitFor(shield(said), Duration.ofMillis(100))));
            long read = 0;
            byte[] some;
            while ((some = await(process.stdout().read(10_000_000))).length > 0) {
                // Twice the limit, and the pieces that were on their way when that was reached.
                assertTrue(some.length <= 2 * 1000 + 4 * 64 * 1024, "buffered: " + some.length);
                read += some.length;
            }
            assertEquals(20_000_000, read);
            assertEquals("done\n", new String(await(said)));
            process.stdin().close();
            await(process.waitFor());
        });
    }

    @Test
    void drainWaitsForAProcessThatDoesNotRead() {
        Runs.real(() -> {
            AsyncProcess process = await(Subprocess.exec(PIPES, "sleep", FOR_EVER));
            StreamWriter in = process.stdin();
            in.write(noise(1_000_000));
            assertTrue(in.transport().getWriteBufferSize() > 0);
            assertThrows(TimeoutException.class, () -> await(timeout(Duration.ofMillis(50), in.drain())));
            Task<Void> draining = createTask(in.drain());
            process.kill();
            // What was written is lost with the process.
            assertThrows(BrokenPipeException.class, () -> await(draining, IOException.class));
            assertThrows(SocketException.class, () -> await(in.drain(), IOException.class));
            assertThrows(BrokenPipeException.class, () -> await(in.waitClosed(), IOException.class));
            assertEquals(-9, await(process.waitFor()));
        });
    }

    @Test
    void aProcessNeedNotReadItsInput() {
        Runs.real(() -> {
            AsyncProcess process = await(Subprocess.exec(PIPES, "head", "-c", "1"));
            assertEquals("x", await(process.communicate("x".repeat(1_000_000))).stdoutText());
            assertEquals(0, process.returnCode());
        });
    }

    @Test
    void aProcessThatHasClosedItsInputIsNoticedByWriting() {
        Runs.real(() -> {
            AsyncProcess process = await(Subprocess.shell("exec 0<&-; echo closed; exec sleep " + FOR_EVER, PIPES));
            assertEquals("closed\n", new String(await(process.stdout().readLine())));
            StreamWriter in = process.stdin();
            // What it is depends on whether the drain or the pipe is first.
            IOException lost = assertThrows(IOException.class, () -> {
                while (true) {
                    in.write(noise(100_000));
                    await(in.drain(), IOException.class);
                }
            });
            assertTrue(
                    lost instanceof BrokenPipeException
                            || lost instanceof SocketException && lost.getCause() instanceof BrokenPipeException,
                    lost::toString);
            BrokenPipeException broken =
                    assertThrows(BrokenPipeException.class, () -> await(in.waitClosed(), IOException.class));
            assertTrue(broken.getMessage().contains(process.pid() + " (/bin/sh)"), broken.getMessage());
            assertTrue(in.isClosing());
            process.kill();
            await(process.waitFor());
        });
    }

    @Test
    void theEndOfAProcessClosesItsInput() {
        Runs.real(() -> {
            AsyncProcess process = await(Subprocess.exec(PIPES, "true"));
            assertEquals(0, await(process.waitFor()));
            assertTrue(process.stdin().isClosing());
            await(process.stdin().waitClosed());
            process.stdin().write("too late");
            assertThrows(SocketException.class, () -> await(process.stdin().drain(), IOException.class));
        });
    }

    @Test
    void outputStaysAfterTheEnd() {
        Runs.real(() -> {
            AsyncProcess process = await(Subprocess.shell("echo one; echo two", OUTPUT));
            assertEquals(0, await(process.waitFor()));
            assertEquals("one\n", new String(await(process.stdout().readLine())));
            assertEquals("two\n", new String(await(process.stdout().read())));
            assertTrue(process.stdout().atEof());
        });
    }

    @Test
    void whatItLeavesBehindHoldsThePipe() {
        Runs.real(() -> {
            // The second process says something only after the first one is gone, and then waits to be let go.
            AsyncProcess process = await(Subprocess.shell("(sleep 0.4; echo late) & sleep 0.1; exit 4", OUTPUT));
            assertEquals(4, await(process.waitFor()));
            assertEquals("late\n", new String(await(process.stdout().read())));
        });
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

    // ---- the end

    @ParameterizedTest
    @CsvSource({
        "exit 0, 0", "exit 7, 7", "exit 255, 255", "kill -9 $$, -9", "kill -15 $$, -15",
        "kill -12 $$, -12", "kill -6 $$, -6", "kill -USR1 $$, -10", "exit 128, 128", "exit 200, 200"
    })
    void theReturnCodeIsPythons(String command, int code) {
        Runs.real(
                () -> assertEquals(code, await(await(Subprocess.shell(command)).waitFor())));
    }

    @Test
    void allWaitersAreTold() {
        Runs.real(() -> {
            AsyncProcess process = await(Subprocess.exec(PIPES, "cat"));
            Task<Integer> first = createTask(process.waitFor());
            Task<Integer> second = createTask(process.waitFor());
            process.stdin().close();
            assertEquals(java.util.List.of(0, 0), await(gather(first, second)));
        });
    }

    @Test
    void theEndIsNoticedWhileTheCommonPoolIsBusy() {
        CountDownLatch over = new CountDownLatch(1);
        for (int i = 0; i < ForkJoinPool.getCommonPoolParallelism(); i++) {
            ForkJoinPool.commonPool().execute(() -> {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        try {
            Runs.real(() -> {
                AsyncProcess process = await(Subprocess.exec("true"));
                assertEquals(0, await(timeout(Duration.ofSeconds(30), process.waitFor())));
                Task<AsyncProcess> starting = createTask(Subprocess.exec("sleep", FOR_EVER));
                await(sleep(Duration.ZERO));
                starting.cancel();
                assertThrows(CancelledError.class, () -> await(waitFor(starting, Duration.ofSeconds(30))));
            });
        } finally {
            over.countDown();
        }
    }

    @Test
    void aCancelledWaitLeavesTheProcessAlone() {
        Runs.real(() -> {
            AsyncProcess process = await(Subprocess.exec(PIPES, "sleep", FOR_EVER));
            for (int i = 0; i < 3; i++) {
                assertThrows(TimeoutException.class, () -> await(timeout(Duration.ofMillis(20), process.waitFor())));
            }
            assertNull(process.returnCode());
            process.kill();
            assertEquals(-9, await(process.waitFor()));
        });
    }

    @Test
    void aTimeoutAroundCommunicateLeavesTheProcessRunning() {
        Runs.real(() -> {
            AsyncProcess process = await(Subprocess.exec(PIPES, "sleep", FOR_EVER));
            assertThrows(TimeoutException.class, () -> await(timeout(Duration.ofMillis(50), process.communicate())));
            assertNull(process.returnCode());
            assertTrue(ProcessHandle.of(process.pid()).orElseThrow().isAlive());
            process.terminate();
            assertEquals(-15, await(process.waitFor()));
        });
    }

    @Test
    void theExitOfTheLoopEndsTheProcess() {
        long pid = Runs.real(() -> {
            AsyncProcess process = await(Subprocess.exec(PIPES, "sleep", FOR_EVER));
            return process.pid();
        });
        String message = AsyncioLog.messageOf(AsyncioLog.expect("is killed, since its loop was closed while it ran"));
        assertTrue(message.contains("pid=" + pid + " sleep running"), message);
        ProcessHandle.of(pid).ifPresent(it -> it.onExit().join());
    }

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

    // ---- signals

    @Test
    void signalsHaveNames() {
        Runs.real(() -> {
            String loyal =
                    "trap 'echo usr1' USR1; trap 'echo term; exit 5' TERM; echo ready; while :; do sleep 0.01; done";
            AsyncProcess process = await(Subprocess.shell(loyal, OUTPUT));
            assertEquals("ready\n", new String(await(process.stdout().readLine())));
            process.sendSignal("USR1");
            assertEquals("usr1\n", new String(await(process.stdout().readLine())));
            process.sendSignal("SIGTERM");
            assertEquals("term\n", new String(await(process.stdout().readLine())));
            assertEquals(5, await(process.waitFor()));
        });
    }

    @Test
    void signalsKeepTheirOrder() {
        Runs.real(() -> {
            // Stopped, it gets the other one only after it was continued.
            AsyncProcess process = await(Subprocess.exec("sleep", FOR_EVER));
            process.sendSignal("STOP");
            process.sendSignal("CONT");
            process.sendSignal("USR2"); // and not HUP or INT, which a child ignores whose parent was told to
            process.terminate();
            assertEquals(-12, await(process.waitFor()));
        });
    }

    @Test
    void aTerminatedProcessCanStillSpeak() {
        Runs.real(() -> {
            String command = "trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.01; done";
            AsyncProcess process = await(Subprocess.shell(command, OUTPUT));
            assertEquals("ready\n", new String(await(process.stdout().readLine())));
            process.terminate();
            assertEquals("bye\n", await(process.communicate()).stdoutText());
            assertEquals(0, process.returnCode());
        });
    }

    @Test
    void aProcessThatHasEndedGetsNoSignals() {
        Runs.real(() -> {
            AsyncProcess process = await(Subprocess.exec("true"));
            await(process.waitFor());
            await(sleep(Duration.ZERO)); // had it ended before the wait, the loop may still be about to say so
            ProcessLookupException late = assertThrows(ProcessLookupException.class, process::kill);
            assertTrue(late.getMessage().contains(process.pid() + " (true)"), late.getMessage());
            assertThrows(ProcessLookupException.class, process::terminate);
            assertThrows(ProcessLookupException.class, () -> process.sendSignal("INT"));
        });
    }

    @Test
    void unknownSignalsAreRefused() {
        Runs.real(() -> {
            AsyncProcess process = await(Subprocess.exec(PIPES, "cat"));
            assertThrows(IllegalArgumentException.class, () -> process.sendSignal("NO_SUCH"));
            assertThrows(IllegalArgumentException.class, () -> process.sendSignal("TERM; true"));
            await(process.communicate());
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
