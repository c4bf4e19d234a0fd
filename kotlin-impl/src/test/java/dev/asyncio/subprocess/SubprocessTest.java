package dev.asyncio.subprocess;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.shield;
import static dev.asyncio.Asyncio.timeout;
import static dev.asyncio.Asyncio.waitFor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Task;
import dev.asyncio.TimeoutException;
import dev.asyncio.streams.StreamReader;
import dev.asyncio.streams.StreamWriter;
import dev.asyncio.support.Runs;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Input and output of processes, for code that awaits. */
class SubprocessTest extends SubprocessFixture {
    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

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
}
