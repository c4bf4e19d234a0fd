package dev.asyncio.samples.docs;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.newEventLoop;
import static dev.asyncio.Asyncio.runCoroutineThreadsafe;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Java examples of the Android guide, run with this thread as the main thread. */
class AndroidGuideTest {
    private EventLoop loop;
    private Thread thread;
    private final BlockingQueue<Runnable> mainThread = new LinkedBlockingQueue<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private boolean online = true;

    @BeforeEach
    void startTheLoop() {
        // @start region="loop"
        loop = newEventLoop();
        thread = new Thread(loop::runForever, "asyncio");
        thread.start();
        // @end
    }

    @AfterEach
    void endTheLoop() throws InterruptedException {
        loop.callSoonThreadsafe(loop::stop);
        thread.join();
        loop.close();
    }

    /** What the examples call an activity. */
    private final class Activity {
        private final Executor mainExecutor = mainThread::add;

        // @start region="lifecycle"
        CompletableFuture<List<String>> loading;

        void onStart() {
            loading = runCoroutineThreadsafe(() -> await(gather(() -> fetch("news"), () -> fetch("weather"))), loop);
            loading.thenAcceptAsync(pages -> show(pages), mainExecutor);
        }

        void onStop() {
            loading.cancel(false); // the task on the loop is cancelled, and with it both fetches
        }
        // @end

        private void show(List<String> pages) {
            log.add("shown " + pages + " on " + Thread.currentThread().getName());
        }
    }

    private String fetch(String page) {
        try {
            await(sleep(online ? Duration.ZERO : Duration.ofDays(1)));
            return "<" + page + ">";
        } finally {
            log.add("ended " + page);
        }
    }

    @Test
    void resultsAreShownOnTheMainThread() throws InterruptedException {
        Activity activity = new Activity();
        activity.onStart();
        mainThread.take().run();
        assertEquals("shown [<news>, <weather>] on " + Thread.currentThread().getName(), log.get(log.size() - 1));
        activity.onStop();
    }

    @Test
    void stoppingCancelsWhatIsLoaded() throws Exception {
        online = false;
        Activity activity = new Activity();
        activity.onStart();
        runCoroutineThreadsafe(() -> await(sleep(Duration.ZERO)), loop).get(); // both have begun
        activity.onStop();
        while (log.size() < 2) {
            runCoroutineThreadsafe(() -> await(sleep(Duration.ZERO)), loop).get();
        }
        assertEquals(List.of("ended news", "ended weather"), log);
        assertTrue(mainThread.isEmpty());
    }
}
