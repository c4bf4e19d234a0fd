package dev.asyncio.files;

import static dev.asyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.asyncio.support.Runs;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a file becomes when it is opened in a mode, and what the mode lets do with it. */
class AsyncFileModesTest extends FileFixture {
    @Test
    void writingEmptiesTheFileFirst() throws Exception {
        holds("what was there");
        onFile("w", file -> assertEquals(3, await(file.write(bytes("new")))));
        assertEquals("new", held());
    }

    @Test
    void appendingWritesAtTheEnd() throws Exception {
        holds("abc");
        onFile("a", file -> {
            assertEquals(3, await(file.tell()));
            await(file.write(bytes("def")));
            assertEquals(6, await(file.tell()));
        });
        assertEquals("abcdef", held());
    }

    @Test
    void appendingAndReadingGoTogether() throws Exception {
        holds("abc");
        onFile("a+", file -> {
            await(file.seek(1));
            assertEquals("b", text(await(file.read(1))));
            await(file.write(bytes("def")));
            assertEquals("", text(await(file.read())));
            await(file.seek(0));
            assertEquals("abcdef", text(await(file.read())));
        });
    }

    @Test
    void appendingNothingLeavesThePositionWhereItIs() throws Exception {
        holds("abc");
        onFile("a+", file -> {
            await(file.seek(1));
            assertEquals(0, await(file.write(bytes(""))));
            assertEquals("bc", text(await(file.read())));
        });
    }

    @Test
    void readingAndWritingShareOnePosition() throws Exception {
        holds("abcdef");
        onFile("r+", file -> {
            assertEquals("ab", text(await(file.read(2))));
            await(file.write(bytes("CD")));
            assertEquals("ef", text(await(file.read())));
        });
        assertEquals("abCDef", held());
    }

    @Test
    void whatWasWrittenIsReadBack() {
        onFile("w+", file -> {
            await(file.write(bytes("abc")));
            await(file.seek(0));
            assertEquals("abc", text(await(file.read())));
        });
    }

    @Test
    void aNewFileMustNotExist() throws Exception {
        holds("mine");
        Runs.virtual(() -> {
            FileAlreadyExistsException e =
                    assertThrows(FileAlreadyExistsException.class, () -> await(AsyncFile.open(path, FileMode.CREATE)));
            assertEquals(path.toString(), e.getFile());
        });
        assertEquals("mine", held());
    }

    @Test
    void aNewFileIsMade() throws Exception {
        onFile("x+", file -> await(file.write(bytes("new"))));
        assertEquals("new", held());
    }

    @Test
    void readingNeedsAFile() {
        Runs.virtual(() -> {
            NoSuchFileException e = assertThrows(NoSuchFileException.class, () -> await(AsyncFile.open(path)));
            assertEquals(path.toString(), e.getFile());
        });
    }

    @Test
    void aDirectoryIsNoFile() {
        Runs.virtual(() -> {
            for (FileMode mode : List.of(FileMode.READ, FileMode.WRITE, FileMode.APPEND)) {
                FileSystemException e =
                        assertThrows(FileSystemException.class, () -> await(AsyncFile.open(directory, mode)));
                assertEquals(directory + ": Is a directory", e.getMessage());
            }
        });
    }

    @Test
    void theModeIsKept() throws Exception {
        holds("abc");
        onFile("r", file -> {
            UnsupportedOperationException e =
                    assertThrows(UnsupportedOperationException.class, () -> await(file.write(bytes("x"))));
            assertEquals(path + " is not open for writing: mode r", e.getMessage());
            assertThrows(UnsupportedOperationException.class, () -> await(file.truncate(0)));
        });
        onFile("a", file -> {
            UnsupportedOperationException e =
                    assertThrows(UnsupportedOperationException.class, () -> await(file.read()));
            assertEquals(path + " is not open for reading: mode a", e.getMessage());
        });
        assertEquals("abc", held());
    }
}
