package dev.asyncio.stacks;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.asyncio.Asyncio;
import dev.asyncio.Carrier;
import dev.asyncio.EventLoop;
import dev.asyncio.NoRunningLoopException;
import dev.asyncio.support.Runs;
import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a body may do with the thread that it runs on, whose handler of uncaught exceptions is the loop's. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Jdk#carriers")
class ThreadsOfBodiesOnEveryCarrierTest {
    private final Carrier carrier;

    ThreadsOfBodiesOnEveryCarrierTest(Carrier carrier) {
        this.carrier = carrier;
    }

    @Test
    void aBodyThatGivesItsThreadAnotherHandlerAwaitsOn() {
        Runs.virtual(carrier, () -> {
            EventLoop loop = getRunningLoop();
            Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> {});
            await(sleep(Duration.ofSeconds(1)));
            assertSame(loop, getRunningLoop());
        });
    }

    @Test
    void aThreadThatIsGivenTheHandlerOfABodysThreadIsNotTakenForThat() {
        AtomicReference<Throwable> found = new AtomicReference<>();
        Runs.virtual(carrier, () -> {
            Thread other =
                    new Thread(() -> found.set(assertThrows(NoRunningLoopException.class, Asyncio::getRunningLoop)));
            other.setUncaughtExceptionHandler(Thread.currentThread().getUncaughtExceptionHandler());
            other.start();
            other.join();
        });
        assertEquals(NoRunningLoopException.class, found.get().getClass());
    }

    @Test
    void theHandlerOfABodysThreadPassesOnToTheDefaultOne() {
        List<String> handled = new ArrayList<>();
        UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> handled.add(error.getMessage()));
        try {
            Runs.virtual(carrier, () -> {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, new Exception("told"));
            });
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertEquals(List.of("told"), handled);
    }
}
