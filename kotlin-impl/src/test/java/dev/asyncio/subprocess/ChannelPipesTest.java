package dev.asyncio.subprocess;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.coroutine;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.support.Programs.assumeInstalled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.Awaitable;
import dev.asyncio.engine.subprocess.DescriptorSearch;
import dev.asyncio.support.Descriptors;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Threads;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Pipes of processes that the loop's own selector watches, as on Linux. */
@ExtendWith(NoPipesLeft.class)
class ChannelPipesTest {
    private static final SubprocessOptions PIPES = SubprocessOptions.PIPES;
    private static final String THREADS = "asyncio-process-";
    private static final int NON_BLOCKING = 04000;

    @TempDir
    Path folder;

    @BeforeAll
    static void needsLinux() {
        assumeTrue(System.getProperty("os.name").equals("Linux") && Descriptors.areKnown(), "no /proc as on Linux");
        assumeInstalled("cat");
    }

    private static String threads() {
        return Threads.named(THREADS).toString();
    }

    /** The thread that starts a process ends when it has. */
    private static void awaitNoThreads() {
        for (int i = 0; i < 1000 && !Threads.named(THREADS).isEmpty(); i++) {
            await(sleep(Duration.ofMillis(1)));
        }
    }

    /** What is closed is let go when the selector has looked. */
    private static void awaitDescriptors(int count) {
        for (int i = 0; i < 1000 && Descriptors.count() != count; i++) {
            await(sleep(Duration.ofMillis(1)));
        }
        assertEquals(count, Descriptors.count());
    }

    private static AsyncProcess talkingCat() {
        AsyncProcess cat = await(Subprocess.shell("cat; echo end >&2", PIPES));
        cat.stdin().write("hello\n");
        assertEquals("hello\n", new String(await(cat.stdout().readLine())));
        return cat;
    }

    @Test
    void noThreadWaitsForThePipes() {
        Runs.real(() -> {
            AsyncProcess cat = talkingCat();
            awaitNoThreads();
            assertEquals("[]", threads());
            cat.stdin().write("again\n");
            assertEquals("again\n", new String(await(cat.stdout().readLine())));
            assertEquals("[]", threads());
            assertInstanceOf(Pipe.SinkChannel.class, cat.stdin().getExtraInfo("pipe"));
            ProcessOutput rest = await(cat.communicate());
            assertEquals("end\n", rest.stderrText());
        });
    }

    @Test
    void fiftyProcessesTalkAtATime() {
        int count = 50;
        Runs.real(() -> {
            awaitNoThreads();
            List<Awaitable<AsyncProcess>> starting = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                starting.add(Subprocess.exec(PIPES, "cat"));
            }
            List<AsyncProcess> cats = await(gather(starting));
            awaitNoThreads();
            assertEquals("[]", threads());
            List<Awaitable<String>> talking = new ArrayList<>();
            for (AsyncProcess cat : cats) {
                talking.add(coroutine(() -> {
                    String text = "I am " + cat.pid() + "\n";
                    for (int i = 0; i < 100; i++) {
                        cat.stdin().write(text);
                        assertEquals(text, new String(await(cat.stdout().readLine())));
                    }
                    assertEquals("", await(cat.communicate()).stdoutText());
                    return "ok";
                }));
            }
            assertEquals(Collections.nCopies(count, "ok"), await(gather(talking)));
        });
    }

    @Test
    void descriptorsAreAsBefore() {
        Runs.real(() -> {
            await(talkingCat().communicate());
            int before = Descriptors.count();
            await(await(Subprocess.exec(PIPES, "true")).waitFor());
            awaitDescriptors(before);
            await(talkingCat().communicate());
            awaitDescriptors(before);
            assertThrows(NoSuchFileException.class, () -> await(Subprocess.exec(PIPES, "no-such-program")));
            awaitDescriptors(before);
            SubprocessOptions nowhere = PIPES.withDirectory(folder.resolve("missing"));
            assertThrows(NoSuchFileException.class, () -> await(Subprocess.exec(nowhere, "cat")));
            awaitDescriptors(before);
            AsyncProcess killed = talkingCat();
            killed.kill();
            assertEquals(-9, await(killed.waitFor()));
            awaitDescriptors(before);
        });
    }

    @Test
    void theProcessBlocksOnItsStreams() {
        assumeInstalled("grep");
        Runs.real(() -> {
            for (int fd = 0; fd <= 2; fd++) {
                // Its own descriptor is kept as number 9, since the program's streams are redirected.
                String look = "exec 9" + (fd == 0 ? "<" : ">") + "&" + fd + "; grep flags /proc/$$/fdinfo/9";
                String line = await(await(Subprocess.shell(look, PIPES)).communicate())
                        .stdoutText();
                int flags =
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).trim(), 8);
                assertEquals(0, flags & NON_BLOCKING, line);
            }
        });
    }

    @Test
    void aPipeCanBeTheOnlyOne() {
        SubprocessOptions none = SubprocessOptions.DEFAULT;
        Runs.real(() -> {
            AsyncProcess reads = await(Subprocess.shell("read word; test $word = ok", none.withStdin(Stdio.PIPE)));
            reads.stdin().write("ok\n");
            assertEquals(0, await(reads.waitFor()));
            AsyncProcess writes = await(Subprocess.shell("echo ok", none.withStdout(Stdio.PIPE)));
            assertEquals("ok\n", await(writes.communicate()).stdoutText());
            AsyncProcess complains = await(Subprocess.shell("echo ok >&2", none.withStderr(Stdio.PIPE)));
            assertEquals("ok\n", await(complains.communicate()).stderrText());
        });
    }

    @Test
    void usersCannotWatchItsChannels() {
        Runs.real(() -> {
            ProcessEvents cat = await(Asyncio.getRunningLoop().subprocessExec(ProcessEvents::new, PIPES, "cat"))
                    .protocol();
            Pipe.SourceChannel channel =
                    (Pipe.SourceChannel) cat.transport.getPipeTransport(1).getExtraInfo("pipe");
            assertFalse(channel.isBlocking());
            assertThrows(
                    IllegalStateException.class, () -> Asyncio.getRunningLoop().addReader(channel, () -> {}));
            cat.transport.getPipeTransport(0).close();
            await(cat.over);
            assertEquals(0, cat.transport.getReturnCode());
        });
    }

    // ---- numbers of descriptors

    @Test
    void theNumberIsTheChannels() throws IOException {
        try (DescriptorSearch search = new DescriptorSearch()) {
            Pipe pipe = Pipe.open();
            Pipe other = Pipe.open();
            String source = search.numberOf(pipe.source());
            String sink = search.numberOf(pipe.sink());
            assertNotNull(source);
            assertNotNull(sink);
            assertFalse(source.equals(sink));
            assertTrue(Descriptors.target(source).startsWith("pipe:"));
            assertEquals(Descriptors.target(source), Descriptors.target(sink));
            assertFalse(Descriptors.target(source).equals(Descriptors.target(search.numberOf(other.sink()))));
            // A byte goes in by the channel and comes out of the file.
            pipe.sink().configureBlocking(true);
            pipe.sink().write(ByteBuffer.wrap(new byte[] {7}));
            try (FileInputStream file = new FileInputStream("/proc/self/fd/" + source)) {
                assertEquals(7, file.read());
            }
            pipe.source().close();
            assertNull(search.numberOf(pipe.source()));
            pipe.sink().close();
            other.source().close();
            other.sink().close();
        }
    }

    @Test
    void aNumberThatIsUsedAgainIsFound() throws IOException {
        Pipe former = Pipe.open();
        try (DescriptorSearch search = new DescriptorSearch()) {
            former.source().close();
            former.sink().close();
            Pipe pipe = Pipe.open();
            String number = search.numberOf(pipe.sink());
            assertNotNull(number);
            assertTrue(Descriptors.target(number).startsWith("pipe:"));
            assertEquals(Descriptors.target(number), Descriptors.target(search.numberOf(pipe.source())));
            pipe.source().close();
            pipe.sink().close();
        }
    }

    @Test
    void pipesOfOthersAreLeftAlone() throws Exception {
        // Others open and close pipes, and make them non-blocking, all the while: each has to get back its own byte.
        AtomicBoolean over = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> others = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            byte own = (byte) i;
            Thread other = new Thread(() -> {
                try {
                    while (!over.get()) {
                        usePipe(own);
                    }
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            other.start();
            others.add(other);
        }
        try {
            Runs.real(() -> {
                for (int i = 0; i < 100; i++) {
                    String text = "round " + i;
                    AsyncProcess cat = await(Subprocess.shell("cat; echo oops >&2", PIPES));
                    ProcessOutput output = await(cat.communicate(text));
                    assertEquals(text, output.stdoutText());
                    assertEquals("oops\n", output.stderrText());
                    assertInstanceOf(Pipe.SinkChannel.class, cat.stdin().getExtraInfo("pipe"));
                }
            });
        } finally {
            over.set(true);
            for (Thread other : others) {
                other.join();
            }
        }
        assertNull(failure.get());
    }

    private static void usePipe(byte own) throws IOException {
        Pipe pipe = Pipe.open();
        try {
            pipe.source().configureBlocking(false);
            pipe.sink().configureBlocking(false);
            assertEquals(1, pipe.sink().write(ByteBuffer.wrap(new byte[] {own})));
            ByteBuffer read = ByteBuffer.allocate(2);
            assertEquals(1, pipe.source().read(read));
            assertEquals(own, read.get(0));
            assertEquals(0, pipe.source().read(read));
        } finally {
            pipe.sink().close();
            pipe.source().close();
        }
    }
}
