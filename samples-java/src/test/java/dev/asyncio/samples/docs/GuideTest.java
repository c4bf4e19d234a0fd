package dev.asyncio.samples.docs;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.coroutine;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.gatherOutcomes;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.shield;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.taskGroup;
import static dev.asyncio.Asyncio.timeout;
import static dev.asyncio.Asyncio.toThread;
import static dev.asyncio.Asyncio.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.asyncio.AsyncIterator;
import dev.asyncio.AsyncIterators;
import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.ContextVar;
import dev.asyncio.Coroutine;
import dev.asyncio.EventLoop;
import dev.asyncio.ExceptionGroup;
import dev.asyncio.Future;
import dev.asyncio.Outcome;
import dev.asyncio.Task;
import dev.asyncio.TaskGroup;
import dev.asyncio.ThreadLocals;
import dev.asyncio.TimeoutException;
import dev.asyncio.VoidCoroutine;
import dev.asyncio.queues.Queue;
import dev.asyncio.sync.Lock;
import dev.asyncio.sync.Semaphore;
import dev.asyncio.testing.VirtualTime;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** The guide's Java examples, run. */
class GuideTest {
    private final List<String> log = new ArrayList<>();

    private static void onVirtualTime(VoidCoroutine body) {
        VirtualTime.call(() -> Asyncio.run(body));
    }

    private String fetch(String page) {
        await(sleep(Duration.ofSeconds(1)));
        log.add("fetched " + page);
        return "<" + page + ">";
    }

    private static String readFile(String name) throws IOException {
        throw new FileNotFoundException(name);
    }

    @Test
    void coldAndHot() {
        onVirtualTime(() -> {
            // @start region="cold-and-hot"
            Coroutine<String> cold = coroutine(() -> fetch("news")); // nothing happens
            Task<String> hot = createTask(() -> fetch("sports")); // runs from the loop's next turn on
            String sports = await(hot);
            String news = await(cold); // runs now, in this task
            String newsAgain = await(cold); // and runs a second time
            // @end
            assertEquals("<sports> <news> <news>", String.join(" ", sports, news, newsAgain));
            assertEquals(List.of("fetched sports", "fetched news", "fetched news"), log);
        });
    }

    @Test
    void outcomes() {
        onVirtualTime(() -> {
            // @start region="outcomes"
            List<Outcome<String>> outcomes = await(gatherOutcomes(() -> fetch("news"), () -> readFile("weather.txt")));
            for (Outcome<String> outcome : outcomes) {
                log.add(outcome.isSuccess() ? outcome.value() : "failed: " + outcome.exception());
            }
            // @end
            assertEquals(List.of("fetched news", "<news>", "failed: java.io.FileNotFoundException: weather.txt"), log);
        });
    }

    @Test
    void checkedExceptions() {
        onVirtualTime(() -> {
            // @start region="checked-exceptions"
            try {
                await(() -> readFile("weather.txt"), IOException.class);
            } catch (IOException e) {
                log.add("no weather today");
            }
            // @end
            assertEquals(List.of("no weather today"), log);
        });
    }

    @Test
    void timeouts() {
        onVirtualTime(() -> {
            // @start region="timeouts"
            try {
                String news = await(waitFor(() -> fetch("news"), Duration.ofMillis(500)));
                log.add(news);
            } catch (TimeoutException e) {
                log.add("no news within half a second");
            }

            String both = await(timeout(Duration.ofSeconds(5), () -> fetch("news") + fetch("sports")));
            // @end
            assertEquals("<news><sports>", both);
            assertEquals(List.of("no news within half a second", "fetched news", "fetched sports"), log);
        });
    }

    @Test
    void taskGroups() {
        onVirtualTime(() -> {
            // @start region="task-group"
            try (TaskGroup group = TaskGroup.open()) {
                Task<String> news = group.createTask(() -> fetch("news"));
                Task<String> sports = group.createTask(() -> fetch("sports"));
                await(group.join());
                log.add(news.result() + sports.result());
            }
            // @end
            assertEquals(List.of("fetched news", "fetched sports", "<news><sports>"), log);
        });
    }

    @Test
    void failingTaskGroups() {
        onVirtualTime(() -> {
            // @start region="failing-task-group"
            try {
                await(taskGroup(group -> {
                    group.createTask(() -> fetch("news")); // cancelled when its sibling fails
                    group.createTask(() -> readFile("weather.txt"));
                }));
            } catch (ExceptionGroup e) {
                log.add("failed: " + e.exceptions());
            }
            // @end
            assertEquals(List.of("failed: [java.io.FileNotFoundException: weather.txt]"), log);
        });
    }

    @Test
    void cancellation() {
        onVirtualTime(() -> {
            // @start region="cancellation"
            Task<Void> worker = createTask(() -> {
                while (true) {
                    try {
                        fetch("news");
                        readFile("weather.txt");
                    } catch (Exception e) { // does not catch the cancellation
                        log.add("goes on after " + e.getMessage());
                    } finally {
                        await(sleep(Duration.ofMillis(100))); // cleaning up may wait
                    }
                }
            });
            await(sleep(Duration.ofMillis(1500)));
            worker.cancel();
            try {
                await(worker);
            } catch (CancelledError e) {
                log.add("cancelled");
            }
            // @end
            assertEquals(List.of("fetched news", "goes on after weather.txt", "cancelled"), log);
        });
    }

    @Test
    void shielding() {
        onVirtualTime(() -> {
            // @start region="shield"
            Task<String> saving = createTask(() -> fetch("news"));
            try {
                await(waitFor(shield(saving), Duration.ofMillis(500)));
            } catch (TimeoutException e) {
                log.add("takes long, but goes on");
            }
            String news = await(saving);
            // @end
            assertEquals("<news>", news);
            assertEquals(List.of("takes long, but goes on", "fetched news"), log);
        });
    }

    @Test
    void blockingCode() {
        onVirtualTime(() -> {
            // @start region="to-thread"
            Task<String> news = createTask(() -> fetch("news"));
            String content = await(toThread(() -> blockingRead("weather.txt"))); // the loop goes on meanwhile
            // @end
            assertEquals("sunny", content);
            assertEquals("<news>", await(news));
        });
    }

    private static String blockingRead(String name) {
        assertEquals("weather.txt", name);
        return "sunny";
    }

    @Test
    void otherThreads() {
        onVirtualTime(() -> {
            // @start region="callbacks-from-threads"
            EventLoop loop = getRunningLoop();
            Future<String> answer = loop.createFuture();
            Thread thread = new Thread(() -> loop.callSoonThreadsafe(() -> answer.setResult("from a thread")));
            thread.start();
            // @end
            await(toThread(() -> thread.join()));
            assertEquals("from a thread", await(answer));
        });
    }

    @Test
    void queues() {
        onVirtualTime(() -> {
            // @start region="queue"
            Queue<String> pages = new Queue<>(10);
            Task<Void> worker = createTask(() -> {
                while (true) {
                    fetch(await(pages.get()));
                    pages.taskDone();
                }
            });
            for (String page : List.of("news", "weather", "sports")) {
                await(pages.put(page)); // waits while there are ten in the queue
            }
            await(pages.join()); // until all are done
            worker.cancel();
            // @end
            assertEquals(List.of("fetched news", "fetched weather", "fetched sports"), log);
        });
    }

    @Test
    void locks() {
        onVirtualTime(() -> {
            // @start region="lock"
            Lock lock = new Lock();
            String news = await(lock.hold(() -> fetch("news"))); // async with lock

            Semaphore two = new Semaphore(2);
            await(gather(
                    two.hold(() -> fetch("sports")),
                    two.hold(() -> fetch("weather")),
                    two.hold(() -> fetch("stocks"))));
            // @end
            assertEquals("<news>", news);
            assertEquals(List.of("fetched news", "fetched sports", "fetched weather", "fetched stocks"), log);
            assertEquals(Duration.ofSeconds(3), getRunningLoop().time());
        });
    }

    // @start region="async-with"
    class Connection implements AutoCloseable {
        String read(String page) {
            return fetch(page);
        }

        @Override
        public void close() { // __aexit__
            await(sleep(Duration.ofSeconds(1)));
            log.add("closed");
        }
    }

    String read(String page) {
        try (Connection connection = new Connection()) { // async with
            return connection.read(page);
        }
    }
    // @end

    @Test
    void contextManagers() {
        onVirtualTime(() -> {
            assertEquals("<news>", read("news"));
            Task<String> cutOff = createTask(() -> read("weather"));
            await(sleep(Duration.ofMillis(500)));
            cutOff.cancel();
            await(Asyncio.wait(List.of(cutOff)));
            assertEquals(List.of("fetched news", "closed", "closed"), log);
            assertEquals(Duration.ofMillis(3500), getRunningLoop().time());
        });
    }

    @Test
    void asyncFor() {
        onVirtualTime(() -> {
            // @start region="async-for"
            Queue<String> pages = new Queue<>();
            for (String page : List.of("news", "", "weather", "sports")) {
                pages.putNowait(page);
            }
            pages.shutdown();
            await(pages.items()
                    .filter(page -> !page.isEmpty())
                    .map(page -> fetch(page)) // may wait, for one element after the other
                    .forEach(content -> log.add("got " + content))); // async for
            // @end
            assertEquals(
                    List.of(
                            "fetched news",
                            "got <news>",
                            "fetched weather",
                            "got <weather>",
                            "fetched sports",
                            "got <sports>"),
                    log);
        });
    }

    @Test
    void generators() {
        onVirtualTime(() -> {
            // @start region="generator"
            AsyncIterator<String> archive = AsyncIterators.generate(emitter -> {
                try {
                    for (int number = 1; ; number++) {
                        emitter.emit(fetch("page " + number)); // yield
                    }
                } finally {
                    log.add("closed");
                }
            });
            List<String> firstTwo = await(archive.take(2).toList());
            // @end
            assertEquals(List.of("<page 1>", "<page 2>"), firstTwo);
            assertEquals(List.of("fetched page 1", "fetched page 2", "closed"), log);
        });
    }

    private AsyncIterator<String> archive() {
        return AsyncIterators.generate(emitter -> {
            try {
                for (int number = 1; ; number++) {
                    emitter.emit(fetch("page " + number));
                }
            } finally {
                log.add("closed");
            }
        });
    }

    @Test
    void iterationByHand() {
        onVirtualTime(() -> {
            AsyncIterator<String> archive = archive();
            // @start region="advance"
            try {
                while (await(archive.advance())) {
                    if (archive.current().equals("<page 2>")) {
                        break;
                    }
                }
            } finally {
                await(archive.close()); // its finally block runs here
            }
            // @end
            assertEquals(List.of("fetched page 1", "fetched page 2", "closed"), log);
        });
    }

    @Test
    void publishers() {
        onVirtualTime(() -> {
            AsyncIterator<String> archive = archive();
            // @start region="publisher"
            Flow.Publisher<String> publisher = AsyncIterators.toPublisher(archive); // for another library
            AsyncIterator<String> subscribed = AsyncIterators.fromPublisher(publisher); // or from one
            List<String> firstTwo = await(subscribed.take(2).toList());
            // @end
            assertEquals(List.of("<page 1>", "<page 2>"), firstTwo);
            await(sleep(Duration.ofSeconds(1))); // cancelling a subscription does not wait for what it ends
            assertEquals(List.of("fetched page 1", "fetched page 2", "closed"), log);
        });
    }

    @Test
    void stages() {
        onVirtualTime(() -> {
            // @start region="completable-future"
            CompletableFuture<Integer> stage = CompletableFuture.supplyAsync(() -> 6 * 7);
            int answer = await(stage);
            CompletableFuture<String> forOthers =
                    createTask(() -> fetch("news")).toCompletableFuture();
            // @end
            assertEquals(42, answer);
            await(sleep(Duration.ofSeconds(2)));
            assertEquals("<news>", forOthers.join());
        });
    }

    // @start region="context-variables"
    static final ContextVar<String> USER = new ContextVar<>("user", "nobody");

    void handle(String user) {
        USER.set(user);
        await(sleep(Duration.ofSeconds(1)));
        log.add(USER.get()); // still this task's user, whoever else ran meanwhile
    }
    // @end

    @Test
    void contextVariables() {
        onVirtualTime(() -> {
            await(gather(() -> handle("Ada"), () -> handle("Grace")));
            assertEquals(List.of("Ada", "Grace"), log);
            assertEquals("nobody", USER.get());
        });
    }

    // @start region="thread-locals"
    static final ThreadLocal<String> TRACE = new ThreadLocal<>(); // a library's
    static final ContextVar<String> TRACE_ID = ThreadLocals.asContextVar("trace", TRACE);

    void traced(String id) {
        TRACE_ID.set(id);
        await(sleep(Duration.ofSeconds(1)));
        log.add(TRACE.get()); // what the library finds, on whichever thread
    }
    // @end

    @Test
    void threadLocals() {
        onVirtualTime(() -> {
            await(gather(() -> traced("7f"), () -> traced("a2")));
            assertEquals(List.of("7f", "a2"), log);
            assertNull(TRACE.get());
        });
    }
}
