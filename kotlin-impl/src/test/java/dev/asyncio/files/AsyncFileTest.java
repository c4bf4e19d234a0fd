package dev.asyncio.files;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.CancelledError;
import dev.asyncio.EventLoop;
import dev.asyncio.Task;
import dev.asyncio.VoidCoroutine;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Trace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Open files of bytes. */
class AsyncFileTest {
    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void namesAFile() {
        path = directory.resolve("file");
    }

    private interface OnFile {
        void run(AsyncFile file) throws Exception;
    }

    private static void onFile(Path path, FileOptions options, OnFile body) {
        Runs.virtual(() -> {
            AsyncFile file = await(AsyncFile.open(path, options));
            await(file.enter(() -> body.run(file)));
            assertTrue(file.isClosed());
        });
    }

    private void onFile(String mode, OnFile body) {
        onFile(path, FileOptions.DEFAULT.withMode(FileMode.of(mode)), body);
    }

    private void holds(String text) throws IOException {
        Files.write(path, text.getBytes(UTF_8));
    }

    private String held() throws IOException {
        return new String(Files.readAllBytes(path), UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

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

    // Modes.

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

    @Test
    void closeWaitsForWhatWasBegunBefore() throws Exception {
        onBusyExecutor((loop, busy) -> {
            AsyncFile file = await(AsyncFile.open(path, FileMode.WRITE));
            busy.begin();
            Task<Integer> write = createTask(file.write(bytes("abc")));
            Task<?> close = createTask(file.close());
            await(sleep(Duration.ZERO));
            busy.end();
            await(close);
            assertTrue(write.done());
        });
        assertEquals("abc", held());
    }

    // Several at once, and cancellation.

    @Test
    void operationsAreDoneInTheOrderInWhichTheyAreAwaited() throws Exception {
        onFile(
                "w",
                file -> await(gather(
                        file.write(bytes("one ")),
                        file.write(bytes("two ")),
                        file.write(bytes("three ")),
                        file.write(bytes("four")))));
        assertEquals("one two three four", held());
    }

    @Test
    void whatIsCancelledBeforeItBeginsHasNoEffect() throws Exception {
        onBusyExecutor((loop, busy) -> {
            AsyncFile file = await(AsyncFile.open(path, FileMode.WRITE));
            busy.begin();
            Task<Integer> first = createTask(file.write(bytes("first ")));
            Task<Integer> second = createTask(file.write(bytes("second ")));
            Task<Integer> third = createTask(file.write(bytes("third")));
            await(sleep(Duration.ZERO));
            first.cancel(); // handed to the executor already, which has not come to it
            second.cancel(); // in line behind it
            await(sleep(Duration.ZERO));
            busy.end();
            await(third);
            await(file.close());
            assertTrue(first.cancelled() && second.cancelled());
        });
        assertEquals("third", held());
    }

    /** The read's task is cancelled when its result is there, one iteration before it would have taken it. */
    @Test
    void aReadThatIsCancelledTakesNothing() throws Exception {
        holds("abcdef");
        onBusyExecutor((loop, busy) -> {
            AsyncFile file = await(AsyncFile.open(path));
            await(file.enter(() -> {
                Task<byte[]> read = createTask(file.read(3));
                await(sleep(Duration.ZERO));
                busy.begin();
                busy.end(); // the only thread of the executor has finished the read, whose result is on its way
                read.cancel();
                assertThrows(CancelledError.class, () -> await(read));
                assertEquals("abcdef", text(await(file.read())));
            }));
        });
    }

    /** The first of two reads in line is cancelled in one of the iterations in which its result is on its way. */
    @Test
    void aReadThatIsCancelledTakesNothingFromTheNextInLine() throws Exception {
        holds("1\n2\n3\n4\n");
        for (int iterations = 0; iterations < 8; iterations++) {
            int count = iterations;
            onBusyExecutor((loop, busy) -> {
                AsyncFile file = await(AsyncFile.open(path, FileOptions.DEFAULT.withBufferSize(2)));
                Task<byte[]> first = createTask(file.readLine());
                Task<byte[]> second = createTask(file.readLine());
                await(sleep(Duration.ZERO));
                afterIterations(loop, count, first::cancel);
                busy.begin();
                busy.end(); // the first read is done
                String read = "";
                try {
                    read = text(await(first));
                } catch (CancelledError e) {
                    assertTrue(first.cancelled());
                }
                read += text(await(second)) + text(await(file.read()));
                assertEquals("1\n2\n3\n4\n", read, "cancelled after " + count + " iterations");
                await(file.close());
            });
        }
    }

    private static void afterIterations(EventLoop loop, int count, Runnable action) {
        loop.callSoon(count == 0 ? action : () -> afterIterations(loop, count - 1, action));
    }

    @Test
    void aCancelledCloseClosesAllTheSame() throws Exception {
        holds("abc");
        onBusyExecutor((loop, busy) -> {
            AsyncFile file = await(AsyncFile.openTemporary());
            busy.begin();
            Task<?> close = createTask(file.close());
            await(sleep(Duration.ZERO));
            close.cancel();
            assertThrows(CancelledError.class, () -> await(close));
            busy.end();
            await(file.close());
            assertFalse(Files.exists(file.path()));
        });
    }

    @Test
    void aCancelledOpenLeavesNothingOpen() throws Exception {
        onBusyExecutor((loop, busy) -> {
            Task<AsyncFile> open = createTask(AsyncFile.open(path, FileMode.WRITE));
            await(sleep(Duration.ZERO));
            busy.begin();
            busy.end();
            open.cancel();
            assertThrows(CancelledError.class, () -> await(open));
            for (int i = 0; i < 3; i++) {
                await(sleep(Duration.ZERO)); // the file comes back and is sent to be closed
            }
            busy.begin(); // behind that
            busy.end();
            assertEquals(0, openDescriptorsOf(path));
        });
    }

    private static long openDescriptorsOf(Path path) throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return 0;
        }
        long count = 0;
        try (var entries = Files.list(descriptors)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                try {
                    if (Files.readSymbolicLink(entry).equals(path.toRealPath())) {
                        count++;
                    }
                } catch (NoSuchFileException e) {
                    continue; // closed meanwhile
                }
            }
        }
        return count;
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

    // An executor with one thread, which a test can keep busy.

    private interface Busy {
        /** From now on the executor begins nothing. Returns when what it had has ended. */
        void begin() throws Exception;

        void end();
    }

    private interface OnBusyExecutor {
        void run(EventLoop loop, Busy busy) throws Exception;
    }

    private static void onBusyExecutor(OnBusyExecutor body) {
        ExecutorService executor = Executors.newSingleThreadExecutor(job -> new Thread(job, "asyncio-test-executor"));
        try {
            Runs.virtual(() -> {
                getRunningLoop().setDefaultExecutor(executor);
                body.run(getRunningLoop(), new Gate(executor));
            });
        } finally {
            executor.shutdown();
        }
    }

    private static final class Gate implements Busy {
        private final ExecutorService executor;
        private CountDownLatch end = new CountDownLatch(0);

        Gate(ExecutorService executor) {
            this.executor = executor;
        }

        @Override
        public void begin() throws Exception {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch ended = new CountDownLatch(1);
            end = ended;
            executor.execute(() -> {
                begun.countDown();
                try {
                    ended.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            begun.await();
        }

        @Override
        public void end() {
            end.countDown();
        }
    }
}
