package dev.asyncio.files;

import static dev.asyncio.Asyncio.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.asyncio.support.Runs;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Open files of text. */
class AsyncTextFileTest {
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
    void aPositionInTextWithAByteOrderMarkIsRefused() throws Exception {
        Files.write(path, "ab".getBytes(UTF_16));
        onFile("r", UTF_16, file -> {
            assertEquals("a", await(file.read(1)));
            assertThrows(UnsupportedOperationException.class, () -> await(file.tell()));
            assertThrows(UnsupportedOperationException.class, () -> await(file.seek(4)));
            await(file.seek(0));
            assertEquals("ab", await(file.read()));
            assertEquals(6, await(file.tell()));
        });
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
