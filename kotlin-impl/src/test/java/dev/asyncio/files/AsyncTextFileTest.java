package dev.asyncio.files;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.asyncio.CancelledError;
import dev.asyncio.Coroutine;
import dev.asyncio.Task;
import dev.asyncio.support.Runs;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Open files of text. */
class AsyncTextFileTest {
    private static final Charset ISO_2022_JP = Charset.forName("ISO-2022-JP");

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void namesAFile() {
        path = directory.resolve("text");
    }

    private interface OnFile {
        void run(AsyncTextFile file) throws Exception;
    }

    private void onFile(String mode, Charset charset, OnFile body) {
        onFile(FileOptions.DEFAULT.withMode(FileMode.of(mode)), charset, body);
    }

    private void onFile(FileOptions options, Charset charset, OnFile body) {
        Runs.virtual(() -> {
            AsyncTextFile file = await(AsyncTextFile.open(path, options, charset));
            await(file.enter(() -> body.run(file)));
        });
    }

    @Test
    void textIsReadBack() {
        for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16)) {
            String text = "grün, ja\u0308, 10 €, \uD83D\uDE00\n".repeat(2000);
            onFile("w", charset, file -> assertEquals(text.length(), await(file.write(text))));
            onFile("r", charset, file -> {
                assertEquals(charset, file.charset());
                assertEquals(text, await(file.read()), charset::name);
                assertEquals("", await(file.read()));
            });
        }
    }

    /** Each character lies across the edge of some read. */
    @Test
    void charactersMayBeDividedByTheBuffer() throws Exception {
        String text = "ä€\uD83D\uDE00z";
        Files.write(path, text.getBytes(UTF_8));
        onFile(FileOptions.DEFAULT.withBufferSize(1), UTF_8, file -> {
            assertEquals("ä", await(file.read(1)));
            assertEquals(2, await(file.tell()));
            assertEquals("€", await(file.read(1)));
            assertEquals("\uD83D\uDE00z", await(file.read()));
        });
    }

    @Test
    void readDoesNotDivideASurrogatePair() throws Exception {
        Files.write(path, "a\uD83D\uDE00b".getBytes(UTF_8));
        onFile("r", UTF_8, file -> {
            assertEquals("a\uD83D\uDE00", await(file.read(2)));
            assertEquals("b", await(file.read(2)));
        });
    }

    @Test
    void linesKeepTheirEnds() throws Exception {
        String text = "eins\n\nzwölf\r\nlast";
        for (Charset charset : List.of(UTF_8, UTF_16)) {
            Files.write(path, text.getBytes(charset));
            onFile("r", charset, file -> {
                assertEquals("eins\n", await(file.readLine()));
                assertEquals(
                        List.of("\n", "zwölf\r\n", "last"), await(file.lines().toList()));
                assertEquals("", await(file.readLine()));
            });
        }
    }

    @Test
    void aLineMayBeLongerThanAChunk() throws Exception {
        String line = "ö".repeat(20_000) + "\n";
        Files.write(path, (line + line).getBytes(UTF_8));
        onFile(
                "r",
                UTF_8,
                file -> assertEquals(List.of(line, line), await(file.lines().toList())));
    }

    @Test
    void tellCountsBytesAndSeekComesBack() throws Exception {
        Files.write(path, "ä\nöü\nß".getBytes(UTF_8));
        onFile("r", UTF_8, file -> {
            await(file.readLine());
            long second = await(file.tell());
            assertEquals(3, second);
            assertEquals("ö", await(file.read(1)));
            assertEquals(5, await(file.tell()));
            await(file.seek(second));
            assertEquals("öü\n", await(file.readLine()));
        });
    }

    @Test
    void aPositionInTextWithShiftsIsRefused() throws Exception {
        Files.write(path, "日本語 abc\n".getBytes(ISO_2022_JP));
        onFile("r", ISO_2022_JP, file -> {
            assertEquals("日", await(file.read(1)));
            assertThrows(UnsupportedOperationException.class, () -> await(file.tell()));
            assertThrows(UnsupportedOperationException.class, () -> await(file.seek(5)));
            await(file.seek(0));
            assertEquals("日本語 abc\n", await(file.read()));
            assertEquals(await(file.size()), await(file.tell()));
        });
    }

    @Test
    void textWithShiftsIsWrittenPieceByPiece() throws Exception {
        for (Charset charset : List.of(ISO_2022_JP, Charset.forName("ISO-2022-KR"))) {
            onFile("w", charset, file -> {
                await(file.write("日"));
                await(file.write("BC"));
            });
            onFile("r", charset, file -> assertEquals("日BC", await(file.read())));
        }
    }

    @Test
    void positionsLieBehindTheByteOrderMark() throws Exception {
        for (byte[] content : List.of("ab".getBytes(UTF_16), littleEndian("ab"))) {
            Files.write(path, content);
            onFile("r", UTF_16, file -> {
                assertEquals(0, await(file.tell()));
                assertEquals("a", await(file.read(1)));
                assertEquals(4, await(file.tell()));
                await(file.seek(4));
                assertEquals("b", await(file.read()));
                await(file.seek(0));
                assertEquals("ab", await(file.read()));
                assertEquals(6, await(file.tell()));
            });
        }
    }

    @Test
    void writingGoesOnWhereReadingStopped() throws Exception {
        Files.write(path, "äbcd".getBytes(UTF_8));
        onFile("r+", UTF_8, file -> {
            assertEquals("ä", await(file.read(1)));
            await(file.write("XY"));
            assertEquals("d", await(file.read()));
        });
        assertEquals("äXYd", Files.readString(path));
    }

    @Test
    void truncateCutsOffWhatWasNotRead() throws Exception {
        Files.write(path, "äbcd".getBytes(UTF_8));
        onFile("r+", UTF_8, file -> {
            await(file.read(2));
            assertEquals(3, await(file.truncate()));
            assertEquals("", await(file.read()));
        });
        assertEquals("äb", Files.readString(path));
    }

    @Test
    void aByteOrderMarkIsWrittenOnlyAtTheBeginning() throws Exception {
        onFile("w", UTF_16, file -> {
            await(file.write("a"));
            await(file.write("b"));
        });
        onFile("a", UTF_16, file -> await(file.write("c")));
        assertEquals("abc", Files.readString(path, UTF_16));
        assertEquals(8, Files.size(path));
    }

    @Test
    void charsetsWithAMarkWriteItOnce() throws Exception {
        for (String name : List.of("x-UTF-16LE-BOM", "X-UTF-32LE-BOM", "X-UTF-32BE-BOM", "UTF-16", "UTF-32")) {
            Charset charset = Charset.forName(name);
            onFile("w+", charset, file -> {
                await(file.write("ab"));
                await(file.write("cd"));
                await(file.seek(0));
                assertEquals("abcd", await(file.read()), name);
            });
            assertArrayEquals("abcd".getBytes(charset), Files.readAllBytes(path), name);
        }
    }

    private static byte[] littleEndian(String text) {
        return ("\uFEFF" + text).getBytes(UTF_16LE);
    }

    @Test
    void writingGoesOnInTheFilesByteOrder() throws Exception {
        Files.write(path, littleEndian("one "));
        onFile("a", UTF_16, file -> await(file.write("two ")));
        onFile("r+", UTF_16, file -> {
            assertEquals("one two ", await(file.read()));
            await(file.write("three"));
            await(file.seek(0));
            await(file.write("O"));
        });
        assertArrayEquals(littleEndian("One two three"), Files.readAllBytes(path));
    }

    @Test
    void whatOthersAppendIsReadInTheFilesByteOrder() throws Exception {
        Files.write(path, littleEndian("old"));
        onFile("r", UTF_16, file -> {
            await(file.seekToEnd());
            await(AsyncFiles.append(path, "new".getBytes(UTF_16LE)));
            assertEquals("new", await(file.read()));
        });
    }

    @Test
    void theByteOrderIsKnownBehindWhatIsNoText() throws Exception {
        byte[] content = littleEndian("ab?cd");
        content[6] = 0;
        content[7] = (byte) 0xdc; // half of a surrogate pair
        Files.write(path, content);
        onFile("r", UTF_16, file -> {
            assertEquals("ab", await(file.read(2)));
            assertThrows(CharacterCodingException.class, () -> await(file.read(1)));
            await(file.seek(8));
            assertEquals("cd", await(file.read()));
        });
    }

    @Test
    void aReadThatIsCancelledTakesNothing() throws Exception {
        String text = "日本語\n" + "日本".repeat(5_000) + "\nend";
        assertCancelledReadsTakeNothing(UTF_16, text.getBytes(UTF_16), text);
        assertCancelledReadsTakeNothing(UTF_16, littleEndian(text), text);
        assertCancelledReadsTakeNothing(ISO_2022_JP, text.getBytes(ISO_2022_JP), text);
    }

    private void assertCancelledReadsTakeNothing(Charset charset, byte[] content, String text) throws Exception {
        Files.write(path, content);
        ExecutorService executor = Executors.newSingleThreadExecutor(job -> new Thread(job, "asyncio-test-executor"));
        try {
            Runs.virtual(() -> {
                getRunningLoop().setDefaultExecutor(executor);
                AsyncTextFile file = await(AsyncTextFile.open(path, FileMode.READ, charset));
                cancelWhenDone(executor, file.readLine());
                assertEquals("日本語\n", await(file.readLine()));
                cancelWhenDone(executor, file.read());
                cancelWhenDone(executor, file.readLine());
                assertEquals(text.substring(4), await(file.read()));
                await(file.close());
            });
        } finally {
            executor.shutdown();
        }
    }

    /** Cancels a read when the executor's only thread has done it, before its result is taken. */
    private static void cancelWhenDone(ExecutorService executor, Coroutine<String> read) throws Exception {
        Task<String> reading = createTask(read);
        await(sleep(Duration.ZERO));
        executor.submit(() -> {}).get();
        reading.cancel();
        assertThrows(CancelledError.class, () -> await(reading));
    }

    @Test
    void whatIsNoTextIsNamedWithItsPlace() throws Exception {
        Files.write(path, new byte[] {'a', 'b', '\n', 'c', (byte) 0xff, 'd'});
        onFile("r", UTF_8, file -> {
            assertEquals("ab\n", await(file.readLine()));
            for (int i = 0; i < 2; i++) {
                CharacterCodingException e = assertThrows(CharacterCodingException.class, () -> await(file.readLine()));
                assertEquals("cannot decode " + path + " as UTF-8: no text at byte 4", e.getMessage());
            }
            assertEquals("c", await(file.read(1)));
        });
    }

    @Test
    void aCharacterThatEndsTooEarlyIsNoText() throws Exception {
        Files.write(path, new byte[] {(byte) 0xc3});
        onFile("r", UTF_8, file -> assertThrows(CharacterCodingException.class, () -> await(file.read())));
    }

    @Test
    void whatCannotBeEncodedIsNotWritten() throws Exception {
        onFile("w", ISO_8859_1, file -> {
            await(file.write("ä"));
            assertThrows(CharacterCodingException.class, () -> await(file.write("a€")));
        });
        assertEquals("ä", Files.readString(path, ISO_8859_1));
    }

    @Test
    void aFileThatGrowsIsReadOn() throws Exception {
        Files.writeString(path, "one\n");
        onFile("r", US_ASCII, file -> {
            assertEquals(List.of("one\n"), await(file.lines().toList()));
            await(AsyncFiles.appendString(path, "two\n"));
            assertEquals(List.of("two\n"), await(file.lines().toList()));
        });
    }

    @Test
    void aTemporaryFileIsGoneWhenItIsClosed() {
        Runs.virtual(() -> {
            AsyncTextFile file = await(AsyncTextFile.openTemporary());
            await(file.enter(() -> {
                await(file.write("grün"));
                await(file.seek(0));
                assertEquals("grün", await(file.read()));
            }));
            assertFalse(Files.exists(file.path()));
        });
    }
}
