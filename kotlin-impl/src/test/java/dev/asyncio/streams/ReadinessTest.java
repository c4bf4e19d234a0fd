package dev.asyncio.streams;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.Context;
import dev.asyncio.ContextVar;
import dev.asyncio.EventLoop;
import dev.asyncio.Future;
import dev.asyncio.WrongLoopThreadException;
import dev.asyncio.support.Runs;
import dev.asyncio.testing.VirtualTimeLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callbacks of channels that are ready, and where they stand among the others. */
class ReadinessTest {
    private Pipe pipe;
    private final List<String> log = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        pipe.sink().configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        pipe.source().close();
        pipe.sink().close();
    }

    private void send(String text) {
        try {
            pipe.sink().write(ByteBuffer.wrap(text.getBytes()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void closeSource() {
        try {
            pipe.source().close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String receive() {
        try {
            ByteBuffer buffer = ByteBuffer.allocate(100);
            pipe.source().read(buffer);
            return new String(buffer.array(), 0, buffer.position());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anIdleLoopWakesForAChannel() {
        EventLoop loop = Asyncio.newEventLoop();
        loop.addReader(pipe.source(), () -> {
            log.add(receive());
            loop.stop();
        });
        loop.callLater(Duration.ofMillis(20), () -> send("hello"));
        loop.runForever();
        assertEquals(List.of("hello"), log);
        assertTrue(loop.removeReader(pipe.source()));
        loop.close();
    }

    @Test
    void aReaderAddedBeforeTheLoopRunsSeesTheContextThatItWasAddedIn() {
        ContextVar<String> variable = new ContextVar<>("variable", "default");
        EventLoop loop = Asyncio.newEventLoop();
        Context.copyContext().run(() -> {
            variable.set("entered");
            loop.addReader(pipe.source(), () -> {
                log.add(variable.get());
                loop.stop();
            });
        });
        send("x");
        loop.runForever();
        assertEquals(List.of("entered"), log);
        loop.close();
    }

    @Test
    void readyHandlesComeBeforeChannelsAndTimersAfterThem() throws Exception {
        EventLoop loop = Asyncio.newEventLoop();
        loop.addReader(pipe.source(), () -> log.add("channel " + receive()));
        loop.callSoon(() -> {
            send("x");
            loop.callLater(Duration.ZERO, () -> log.add("timer"));
            Thread other = new Thread(() -> loop.callSoonThreadsafe(() -> log.add("other thread")));
            other.start();
            join(other);
            loop.callSoon(() -> log.add("soon"));
            loop.callLater(Duration.ofMillis(1), loop::stop);
        });
        loop.runForever();
        assertEquals(List.of("other thread", "soon", "channel x", "timer"), log);
        loop.close();
    }

    @Test
    void aChannelIsNoticedWhileTheLoopIsBusy() {
        EventLoop loop = Asyncio.newEventLoop();
        loop.addReader(pipe.source(), () -> {
            log.add(receive());
            loop.stop();
        });
        Runnable busy = new Runnable() {
            @Override
            public void run() {
                loop.callSoon(this);
            }
        };
        loop.callSoon(busy);
        send("hello");
        loop.runForever();
        assertEquals(List.of("hello"), log);
        loop.close();
    }

    @Test
    void anotherThreadWakesALoopThatWaitsForChannels() throws Exception {
        EventLoop loop = Asyncio.newEventLoop();
        loop.addReader(pipe.source(), () -> log.add("never"));
        Thread other = new Thread(() -> loop.callSoonThreadsafe(loop::stop));
        loop.callSoon(other::start);
        loop.runForever();
        other.join();
        assertEquals(List.of(), log);
        loop.close();
    }

    @Test
    void aReaderReplacesTheFormerOneAndIsRemovedOnce() {
        EventLoop loop = Asyncio.newEventLoop();
        assertFalse(loop.removeReader(pipe.source()));
        loop.addReader(pipe.source(), () -> log.add("first"));
        loop.addReader(pipe.source(), () -> {
            log.add("second");
            assertTrue(loop.removeReader(pipe.source()));
            assertFalse(loop.removeReader(pipe.source()));
            loop.stop();
        });
        send("x");
        loop.runForever();
        assertEquals(List.of("second"), log);
        loop.close();
    }

    @Test
    void aReaderThatIsRemovedInTheSameIterationDoesNotRun() {
        EventLoop loop = Asyncio.newEventLoop();
        loop.addReader(pipe.source(), () -> log.add("reader"));
        loop.callSoon(() -> {
            send("x");
            loop.callSoon(() -> log.add("removed: " + loop.removeReader(pipe.source()))); // runs before the reader
            loop.callLater(Duration.ofMillis(1), loop::stop);
        });
        loop.runForever();
        assertEquals(List.of("removed: true"), log);
        loop.close();
    }

    @Test
    void aReaderRunsAgainAndAgainWhileThereIsSomethingToRead() {
        EventLoop loop = Asyncio.newEventLoop();
        loop.addReader(pipe.source(), () -> {
            log.add("again");
            if (log.size() == 3) {
                loop.stop();
            }
        });
        send("x");
        loop.runForever();
        assertEquals(3, log.size());
        loop.close();
    }

    @Test
    void readerAndWriterOfOneChannelAreIndependent() throws IOException {
        EventLoop loop = Asyncio.newEventLoop();
        loop.addReader(pipe.source(), () -> {
            log.add("read " + receive());
            loop.stop();
        });
        loop.addWriter(pipe.sink(), () -> {
            log.add("write");
            loop.removeWriter(pipe.sink());
            send("x");
        });
        loop.runForever();
        assertEquals(List.of("write", "read x"), log);
        loop.close();
    }

    @Test
    void aChannelThatIsNotWatchedAnyMoreCanBeMadeBlocking() throws IOException {
        EventLoop loop = Asyncio.newEventLoop();
        loop.addReader(pipe.source(), () -> {});
        loop.removeReader(pipe.source());
        loop.addReader(pipe.source(), () -> {}); // while the selector has not let go of it yet
        loop.removeReader(pipe.source());
        loop.callSoon(loop::stop);
        loop.runForever();
        pipe.source().configureBlocking(true);
        loop.close();
    }

    @Test
    void badChannelsAreRefused() throws IOException {
        EventLoop loop = Asyncio.newEventLoop();
        pipe.sink().configureBlocking(true);
        IllegalArgumentException blocking =
                assertThrows(IllegalArgumentException.class, () -> loop.addWriter(pipe.sink(), () -> {}));
        assertTrue(blocking.getMessage().contains("configureBlocking(false)"), blocking::getMessage);
        pipe.source().close();
        IllegalArgumentException closed =
                assertThrows(IllegalArgumentException.class, () -> loop.addReader(pipe.source(), () -> {}));
        assertTrue(closed.getMessage().startsWith("the channel is closed"), closed::getMessage);
        assertFalse(loop.removeReader(pipe.source()));
        loop.close();
        IllegalStateException afterwards =
                assertThrows(IllegalStateException.class, () -> loop.addReader(pipe.source(), () -> {}));
        assertEquals("Event loop is closed", afterwards.getMessage());
        assertFalse(loop.removeReader(pipe.source()));
    }

    @Test
    void whatAChannelCannotDoIsRefusedAndLeavesNothingBehind() {
        EventLoop loop = Asyncio.newEventLoop();
        IllegalArgumentException unreadable =
                assertThrows(IllegalArgumentException.class, () -> loop.addReader(pipe.sink(), () -> {}));
        assertEquals("the channel cannot be read: " + pipe.sink(), unreadable.getMessage());
        IllegalArgumentException unwritable =
                assertThrows(IllegalArgumentException.class, () -> loop.addWriter(pipe.source(), () -> {}));
        assertEquals("the channel cannot be written: " + pipe.source(), unwritable.getMessage());
        loop.addWriter(pipe.sink(), () -> {});
        assertTrue(loop.removeWriter(pipe.sink()));
        assertFalse(loop.removeReader(pipe.sink()));
        loop.close();
    }

    @Test
    void aReaderThatIsAboutToRunDoesNotOnceItsChannelIsClosedAndItIsRemoved() {
        EventLoop loop = Asyncio.newEventLoop();
        loop.addReader(pipe.source(), () -> log.add("reader"));
        loop.callSoon(() -> {
            send("x");
            loop.callSoon(
                    () -> { // runs before the reader
                        closeSource();
                        log.add("removed: " + loop.removeReader(pipe.source()));
                    });
            loop.callLater(Duration.ofMillis(1), loop::stop);
        });
        loop.runForever();
        assertEquals(List.of("removed: true"), log);
        loop.close();
    }

    @Test
    void aChannelThatIsClosedWithoutAWordIsForgotten() {
        Runs.real(() -> {
            EventLoop loop = getRunningLoop();
            loop.addReader(pipe.source(), () -> log.add("never"));
            pipe.source().close();
            await(sleep(Duration.ofMillis(5)));
            assertFalse(loop.removeReader(pipe.source()));
        });
        assertEquals(List.of(), log);
    }

    @Test
    void inDebugModeAnotherThreadIsRefused() {
        Runs.real(() -> {
            EventLoop loop = getRunningLoop();
            loop.setDebug(true);
            Future<Class<?>> thrown = loop.runInExecutor(
                    null,
                    () -> assertThrows(WrongLoopThreadException.class, () -> loop.addReader(pipe.source(), () -> {}))
                            .getClass());
            assertEquals(WrongLoopThreadException.class, await(thrown));
        });
    }

    @Test
    void aLoopOnVirtualTimeRefuses() {
        VirtualTimeLoop loop = new VirtualTimeLoop();
        UnsupportedOperationException refused =
                assertThrows(UnsupportedOperationException.class, () -> loop.addReader(pipe.source(), () -> {}));
        assertTrue(refused.getMessage().contains("virtual time"), refused::getMessage);
        loop.close();
    }

    @Test
    void anExceptionOfACallbackIsReportedAndTheCallbackStays() {
        EventLoop loop = Asyncio.newEventLoop();
        loop.setExceptionHandler((l, report) -> {
            log.add(report.exception().getMessage());
            if (log.size() == 2) {
                loop.stop();
            }
        });
        loop.addReader(pipe.source(), () -> {
            throw new IllegalStateException("oops");
        });
        send("x");
        loop.runForever();
        assertEquals(List.of("oops", "oops"), log);
        loop.close();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
