package dev.asyncio.files;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.CancelledError;
import dev.asyncio.EventLoop;
import dev.asyncio.ExceptionContext;
import dev.asyncio.Task;
import dev.asyncio.support.Descriptors;
import dev.asyncio.support.Runs;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Operations that wait in line for a file, and what is left of those that are cancelled. */
class AsyncFileCancellationTest extends FileFixture {
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
            assertEquals(Set.of(), Descriptors.of(path.toRealPath().toString()));
        });
    }

    /** As at the end of a run, which shuts the executor down while something is being opened still. */
    @Test
    void aCancelledOpenLeavesNothingOpenThoughTheExecutorRefusesToCloseIt() {
        List<ExceptionContext> reports = new ArrayList<>();
        Runs.virtual(() -> {
            Queue<Runnable> jobs =
                    new ArrayBlockingQueue<>(1); // the first is never taken out: there is no room for more
            getRunningLoop().setDefaultExecutor(jobs::add);
            getRunningLoop().setExceptionHandler((loop, report) -> reports.add(report));
            Task<AsyncFile> open = createTask(AsyncFile.open(path, FileMode.WRITE));
            await(sleep(Duration.ZERO));
            jobs.element().run();
            open.cancel();
            assertThrows(CancelledError.class, () -> await(open));
            for (int i = 0; i < 3; i++) {
                await(sleep(Duration.ZERO)); // the file comes back and is closed
            }
            assertTrue(Files.exists(path));
            assertEquals(Set.of(), Descriptors.of(path.toRealPath().toString()));
        });
        assertEquals(List.of(), reports);
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
