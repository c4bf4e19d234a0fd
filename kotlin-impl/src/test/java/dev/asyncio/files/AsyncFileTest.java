package dev.asyncio.files;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.CancelledError;
import dev.asyncio.Task;
import dev.asyncio.VoidCoroutine;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Trace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Open files of bytes: reading, positions and sizes, the end. */
class AsyncFileTest extends FileFixture {
    // Reading.

    @Test
    void readGivesAllThatIsLeft() throws Exception {
        holds("abcdef");
        onFile("r", file -> {
            assertEquals("ab", text(await(file.read(2))));
            assertEquals("cdef", text(await(file.read())));
            assertEquals("", text(await(file.read())));
        });
    }

    @Test
    void readOfANumberIsShorterOnlyAtTheEnd() throws Exception {
        holds("abcdefgh");
        onFile(path, FileOptions.DEFAULT.withBufferSize(3), file -> {
            assertEquals("", text(await(file.read(0))));
            assertEquals("abcde", text(await(file.read(5))));
            assertEquals("fgh", text(await(file.read(5))));
            assertEquals("", text(await(file.read(5))));
        });
    }

    @Test
    void linesKeepTheirEnds() throws Exception {
        holds("one\n\nthree\r\nlast");
        onFile("r", file -> {
            List<String> lines = new ArrayList<>();
            await(file.lines().forEach(line -> lines.add(text(line))));
            assertEquals(List.of("one\n", "\n", "three\r\n", "last"), lines);
            assertEquals("", text(await(file.readLine())));
        });
    }

    @Test
    void aLineMayBeLongerThanTheBuffer() throws Exception {
        holds("a long line\nand another\n");
        onFile(path, FileOptions.DEFAULT.withBufferSize(4), file -> {
            assertEquals("a long line\n", text(await(file.readLine())));
            assertEquals("and another\n", text(await(file.readLine())));
        });
    }

    @Test
    void whatIsInTheBufferIsReadWithoutYielding() throws Exception {
        holds("one\ntwo\n");
        Trace trace = new Trace();
        onFile("r", file -> {
            trace.add(text(await(file.readLine())));
            getRunningLoop().callSoon(trace.adding("others"));
            trace.add(text(await(file.readLine())));
        });
        trace.is("one\n", "two\n", "others");
    }

    @Test
    void largeContentsSurvive() throws Exception {
        byte[] large = new byte[3_000_000];
        new Random(7).nextBytes(large);
        Files.write(path, large);
        onFile("r", file -> assertArrayEquals(large, await(file.read())));
    }

    // Positions and sizes.

    @Test
    void seekMovesAnywhere() throws Exception {
        holds("abcdef");
        onFile(path, FileOptions.DEFAULT.withBufferSize(2), file -> {
            assertEquals(4, await(file.seek(4)));
            assertEquals("ef", text(await(file.read())));
            assertEquals(1, await(file.seek(1)));
            assertEquals("b", text(await(file.read(1))));
            assertEquals(2, await(file.tell()));
            assertEquals(6, await(file.seekToEnd()));
            assertEquals("", text(await(file.read())));
        });
    }

    @Test
    void writingBeyondTheEndFillsUpWithZeros() throws Exception {
        onFile("w", file -> {
            await(file.seek(3));
            await(file.write(bytes("x")));
        });
        assertEquals("\0\0\0x", held());
    }

    @Test
    void truncateCutsOffAtThePosition() throws Exception {
        holds("abcdef");
        onFile("r+", file -> {
            await(file.read(2));
            assertEquals(2, await(file.truncate()));
            assertEquals(2, await(file.size()));
        });
        assertEquals("ab", held());
    }

    @Test
    void truncateFillsUpWithZerosAndLeavesThePosition() throws Exception {
        for (String mode : List.of("r+", "a")) {
            holds("ab");
            onFile(mode, file -> {
                long before = await(file.tell());
                assertEquals(4, await(file.truncate(4)));
                assertEquals(before, await(file.tell()), mode);
            });
            assertEquals("ab\0\0", held(), mode);
        }
    }

    @Test
    void whatIsTruncatedIsNotReadFromTheBuffer() throws Exception {
        holds("abcdef");
        onFile("r+", file -> {
            await(file.read(1));
            await(file.truncate(3));
            assertEquals("bc", text(await(file.read())));
        });
    }

    @Test
    void whatIsFlushedIsSeenByOthers() {
        onFile("w", file -> {
            await(file.write(bytes("abc")));
            await(file.flush());
            assertEquals("abc", held());
            await(file.sync());
            assertEquals("abc", held());
        });
    }

    @Test
    void aBufferIsTakenToItsLimit() throws Exception {
        ByteBuffer buffer = ByteBuffer.wrap(bytes("abcdef"), 1, 3);
        onFile("w", file -> assertEquals(3, await(file.write(buffer))));
        assertFalse(buffer.hasRemaining());
        assertEquals("bcd", held());
    }

    @Test
    void negativeNumbersAreRefused() throws Exception {
        holds("abc");
        onFile("r+", file -> {
            assertThrows(IllegalArgumentException.class, () -> file.read(-1));
            assertThrows(IllegalArgumentException.class, () -> file.seek(-1));
            assertThrows(IllegalArgumentException.class, () -> file.truncate(-1));
        });
        assertThrows(IllegalArgumentException.class, () -> FileOptions.DEFAULT.withBufferSize(0));
        assertThrows(IllegalArgumentException.class, () -> FileMode.of("rb"));
    }

    @Test
    void anotherLoopIsRefused() throws Exception {
        holds("abc");
        AsyncFile[] file = {null};
        Runs.virtual(() -> {
            file[0] = await(AsyncFile.open(path));
            Thread other = new Thread(() -> Runs.virtual(() -> {
                IllegalStateException e = assertThrows(IllegalStateException.class, () -> await(file[0].read()));
                assertTrue(e.getMessage().endsWith("was opened on a different event loop"), e::getMessage);
            }));
            other.start();
            other.join();
            await(file[0].close());
        });
    }

    // The end.

    @Test
    void aClosedFileSaysSo() throws Exception {
        holds("abc");
        Runs.virtual(() -> {
            AsyncFile file = await(AsyncFile.open(path, FileMode.READ_WRITE));
            await(file.read(1));
            await(file.close());
            await(file.close());
            assertTrue(file.isClosed());
            for (VoidCoroutine use : List.<VoidCoroutine>of(
                    () -> await(file.read(1)), () -> await(file.write(bytes("x"))), () -> await(file.tell()))) {
                IllegalStateException e = assertThrows(IllegalStateException.class, use::run);
                assertEquals("the file " + path + " is closed", e.getMessage());
            }
        });
    }

    @Test
    void enterClosesAndThrowsWhatTheBlockThrows() throws Exception {
        holds("abc");
        Runs.virtual(() -> {
            AsyncFile file = await(AsyncFile.open(path));
            IOException e = assertThrows(
                    IOException.class,
                    () -> await(
                            file.enter(() -> {
                                throw new IOException("mine");
                            }),
                            IOException.class));
            assertEquals("mine", e.getMessage());
            assertTrue(file.isClosed());
        });
    }

    @Test
    void enterClosesWhenItIsCancelled() throws Exception {
        holds("abc");
        Runs.virtual(() -> {
            AsyncFile file = await(AsyncFile.open(path));
            Task<?> task = createTask(() -> await(file.enter(() -> await(sleep(Duration.ofDays(1))))));
            await(sleep(Duration.ZERO));
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
            assertTrue(file.isClosed());
        });
    }

    // Temporary files.

    @Test
    void aTemporaryFileIsGoneWhenItIsClosed() {
        Runs.virtual(() -> {
            AsyncFile file = await(AsyncFile.openTemporary("pre", ".suf"));
            Path temporary = file.path();
            assertTrue(temporary.getFileName().toString().matches("pre.*\\.suf"), temporary::toString);
            await(file.enter(() -> {
                await(file.write(bytes("abc")));
                await(file.seek(0));
                assertEquals("abc", text(await(file.read())));
                assertTrue(Files.exists(temporary));
            }));
            assertFalse(Files.exists(temporary));
        });
    }

    @Test
    void aTemporaryDirectoryIsGoneWithAllThatIsInIt() {
        Runs.virtual(() -> {
            TemporaryDirectory temporary = await(TemporaryDirectory.open("pre"));
            Path path = await(temporary.enter(() -> {
                Path inner = Files.createDirectories(temporary.path().resolve("a/b"));
                Files.write(inner.resolve("file"), bytes("abc"));
                return temporary.path();
            }));
            assertTrue(path.getFileName().toString().startsWith("pre"), path::toString);
            assertFalse(Files.exists(path));
        });
    }
}
