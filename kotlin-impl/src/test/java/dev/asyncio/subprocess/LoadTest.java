package dev.asyncio.subprocess;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.coroutine;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.support.Programs.assumeInstalled;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.asyncio.Awaitable;
import dev.asyncio.Task;
import dev.asyncio.support.Runs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Much data, and many processes. */
@ExtendWith(NoPipesLeft.class)
class LoadTest {
    private static final int BLOCK = 1 << 20;
    private static final int BLOCKS = 1 << 10;

    @BeforeAll
    static void needsCat() {
        assumeInstalled("cat");
    }

    @Test
    void aGigabyteGoesThroughAProcess() {
        byte[] block = new byte[BLOCK];
        new Random(7).nextBytes(block);
        Runs.real(() -> {
            AsyncProcess cat = await(Subprocess.exec(SubprocessOptions.PIPES, "cat"));
            CRC32 sent = new CRC32();
            CRC32 received = new CRC32();
            Task<Void> sending = createTask(() -> {
                for (int i = 0; i < BLOCKS; i++) {
                    block[i] ^= (byte) i;
                    sent.update(block);
                    cat.stdin().write(block);
                    await(cat.stdin().drain());
                }
                cat.stdin().close();
            });
            long count = 0;
            byte[] data;
            while ((data = await(cat.stdout().read(BLOCK))).length > 0) {
                count += data.length;
                received.update(data);
            }
            await(sending);
            assertEquals((long) BLOCK * BLOCKS, count);
            assertEquals(sent.getValue(), received.getValue());
            assertEquals(0, await(cat.waitFor()));
        });
    }

    @Test
    void twoHundredProcessesRunAtATime() {
        int count = 200;
        Runs.real(() -> {
            List<Awaitable<AsyncProcess>> starting = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                starting.add(Subprocess.exec(SubprocessOptions.PIPES, "cat"));
            }
            List<AsyncProcess> all = await(gather(starting));
            // All of them run, and wait for their input.
            List<Awaitable<String>> talking = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                AsyncProcess process = all.get(i);
                String text = "process " + i;
                talking.add(coroutine(
                        () -> await(process.communicate(text)).stdoutText().equals(text) ? "ok" : "wrong"));
            }
            assertEquals(Collections.nCopies(count, "ok"), await(gather(talking)));
        });
    }

    @Test
    void manyCanBeKilled() {
        Runs.real(() -> {
            List<Awaitable<AsyncProcess>> starting = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                starting.add(Subprocess.exec(SubprocessOptions.PIPES, "cat"));
            }
            List<Awaitable<Integer>> ending = new ArrayList<>();
            for (AsyncProcess process : await(gather(starting))) {
                process.kill();
                ending.add(process.waitFor());
            }
            assertEquals(Collections.nCopies(100, -9), await(gather(ending)));
        });
    }
}
