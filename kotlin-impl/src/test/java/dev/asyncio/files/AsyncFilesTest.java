package dev.asyncio.files;

import static dev.asyncio.Asyncio.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncio.AsyncIterator;
import dev.asyncio.support.Runs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done to a whole file or directory at once. */
class AsyncFilesTest {
    @TempDir
    Path directory;

    @Test
    void bytesAreWrittenReadAndAppended() {
        Path path = directory.resolve("file");
        Runs.virtual(() -> {
            await(AsyncFiles.write(path, new byte[] {1, 2}));
            await(AsyncFiles.append(path, new byte[] {3}));
            assertArrayEquals(new byte[] {1, 2, 3}, await(AsyncFiles.readBytes(path)));
            assertEquals(3, await(AsyncFiles.size(path)));
            assertEquals(Files.getLastModifiedTime(path), await(AsyncFiles.lastModified(path)));
        });
    }

    @Test
    void textIsWrittenReadAndAppended() {
        Path path = directory.resolve("file");
        Runs.virtual(() -> {
            await(AsyncFiles.writeString(path, "grün\r\n"));
            await(AsyncFiles.appendString(path, "rot"));
            assertEquals("grün\r\nrot", await(AsyncFiles.readString(path)));
            assertEquals(List.of("grün", "rot"), await(AsyncFiles.readAllLines(path)));
            await(AsyncFiles.writeString(path, "grün", ISO_8859_1));
            assertEquals("grün", await(AsyncFiles.readString(path, ISO_8859_1)));
        });
    }

    @Test
    void whatIsNoTextIsNamed() throws Exception {
        Path path = Files.write(directory.resolve("file"), new byte[] {(byte) 0xff});
        Runs.virtual(() -> {
            CharacterCodingException e =
                    assertThrows(CharacterCodingException.class, () -> await(AsyncFiles.readString(path)));
            assertTrue(e.getMessage().startsWith("cannot decode " + path + " as UTF-8"), e::getMessage);
        });
    }

    @Test
    void whatCannotBeEncodedLeavesTheFileAlone() throws Exception {
        Path path = Files.writeString(directory.resolve("file"), "old");
        Runs.virtual(() -> assertThrows(
                CharacterCodingException.class, () -> await(AsyncFiles.writeString(path, "€", ISO_8859_1))));
        assertEquals("old", Files.readString(path, UTF_8));
    }

    @Test
    void aDirectoryIsNoFile() {
        Runs.virtual(() -> {
            FileSystemException e =
                    assertThrows(FileSystemException.class, () -> await(AsyncFiles.readBytes(directory)));
            assertEquals(directory + ": Is a directory", e.getMessage());
        });
    }

    @Test
    void existenceIsTold() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        Runs.virtual(() -> {
            assertTrue(await(AsyncFiles.exists(file)));
            assertFalse(await(AsyncFiles.exists(directory.resolve("none"))));
            assertTrue(await(AsyncFiles.isRegularFile(file)));
            assertFalse(await(AsyncFiles.isRegularFile(directory)));
            assertTrue(await(AsyncFiles.isDirectory(directory)));
            assertFalse(await(AsyncFiles.isDirectory(file)));
        });
    }

    @Test
    void deletingWhatIsMissingFailsUnlessItMayBe() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        Runs.virtual(() -> {
            await(AsyncFiles.delete(file));
            assertThrows(NoSuchFileException.class, () -> await(AsyncFiles.delete(file)));
            assertFalse(await(AsyncFiles.deleteIfExists(file)));
        });
    }

    @Test
    void filesAreCopiedAndMoved() throws Exception {
        Path from = Files.writeString(directory.resolve("from"), "abc");
        Path copy = directory.resolve("copy");
        Path moved = directory.resolve("moved");
        Runs.virtual(() -> {
            await(AsyncFiles.copy(from, copy));
            assertThrows(FileAlreadyExistsException.class, () -> await(AsyncFiles.copy(from, copy)));
            await(AsyncFiles.copy(from, copy, StandardCopyOption.REPLACE_EXISTING));
            await(AsyncFiles.move(copy, moved));
        });
        assertFalse(Files.exists(copy));
        assertEquals("abc", Files.readString(moved));
    }

    @Test
    void deletingRecursivelySparesWhatLinksPointTo() throws Exception {
        Path kept = Files.writeString(directory.resolve("kept"), "abc");
        Path tree = directory.resolve("tree");
        Runs.virtual(() -> {
            await(AsyncFiles.createDirectories(tree.resolve("a/b")));
            await(AsyncFiles.writeString(tree.resolve("a/b/file"), "x"));
            Files.createSymbolicLink(tree.resolve("link"), directory);
            await(AsyncFiles.deleteRecursively(tree));
            await(AsyncFiles.deleteRecursively(tree));
        });
        assertFalse(Files.exists(tree));
        assertTrue(Files.exists(kept));
    }

    @Test
    void entriesAreListed() throws Exception {
        Path a = Files.createFile(directory.resolve("a"));
        Path b = Files.createDirectory(directory.resolve("b"));
        Files.createFile(b.resolve("inner"));
        Runs.virtual(() -> {
            assertEquals(Set.of(a, b), new HashSet<>(await(AsyncFiles.list(directory))));
            Path none = directory.resolve("none");
            assertThrows(NoSuchFileException.class, () -> await(AsyncFiles.list(none)));
        });
    }

    /** More than are fetched at a time. */
    @Test
    void aWalkGivesEverythingBelow() throws Exception {
        Set<Path> all = new HashSet<>();
        all.add(directory);
        Path inner = Files.createDirectory(directory.resolve("inner"));
        all.add(inner);
        for (int i = 0; i < 600; i++) {
            all.add(Files.createFile(inner.resolve("file" + i)));
        }
        Runs.virtual(() -> {
            List<Path> walked = await(AsyncFiles.walk(directory).toList());
            assertEquals(all.size(), walked.size());
            assertEquals(all, new HashSet<>(walked));
            assertEquals(
                    Set.of(directory, inner),
                    new HashSet<>(await(AsyncFiles.walk(directory, 1).toList())));
            assertEquals(List.of(directory), await(AsyncFiles.walk(directory, 0).toList()));
        });
    }

    /** Whether the system's own walk knows files by their names, which it has not looked at yet: it fails at them, too. */
    private boolean namesAreReadAhead() throws IOException {
        Path last;
        try (Stream<Path> paths = Files.walk(directory)) {
            last = paths.reduce((before, path) -> path).orElseThrow();
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            Iterator<Path> rest = paths.iterator();
            rest.next();
            rest.next();
            Files.delete(last);
            rest.forEachRemaining(path -> {});
            return false;
        } catch (UncheckedIOException e) {
            return true;
        } finally {
            Files.createFile(last);
        }
    }

    @Test
    void aWalkThatFailsGivesWhatItFoundBefore() throws Exception {
        for (int i = 0; i < 600; i++) {
            Files.createFile(directory.resolve("file" + i));
        }
        assumeTrue(namesAreReadAhead(), "a directory is read in large pieces");
        List<Path> all;
        try (Stream<Path> paths = Files.walk(directory)) {
            all = paths.collect(Collectors.toList());
        }
        Runs.virtual(() -> {
            AsyncIterator<Path> walk = AsyncFiles.walk(directory);
            List<Path> walked = new ArrayList<>();
            NoSuchFileException e = assertThrows(NoSuchFileException.class, () -> {
                while (await(walk.advance(), IOException.class)) {
                    walked.add(walk.current());
                    Files.deleteIfExists(all.get(300)); // known to the walk by its name, and not looked at yet
                }
            });
            assertEquals(all.get(300).toString(), e.getFile());
            assertEquals(all.subList(0, 300), walked);
            assertFalse(await(walk.advance()));
        });
    }

    @Test
    void aWalkMayEndEarly() throws Exception {
        for (int i = 0; i < 600; i++) {
            Files.createFile(directory.resolve("file" + i));
        }
        Runs.virtual(() -> {
            AsyncIterator<Path> walk = AsyncFiles.walk(directory);
            assertTrue(await(walk.advance()));
            assertEquals(directory, walk.current());
            await(walk.close());
            assertFalse(await(walk.advance()));
            assertThrows(IllegalStateException.class, walk::current);
        });
    }

    @Test
    void aWalkNeedsABeginning() {
        Path none = directory.resolve("none");
        Runs.virtual(() -> {
            AsyncIterator<Path> walk = AsyncFiles.walk(none);
            assertThrows(NoSuchFileException.class, () -> await(walk.advance()));
            assertFalse(await(walk.advance()));
        });
        assertThrows(IllegalArgumentException.class, () -> AsyncFiles.walk(none, -1));
    }
}
