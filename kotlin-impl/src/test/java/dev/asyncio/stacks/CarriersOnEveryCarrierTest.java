package dev.asyncio.stacks;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.Carrier;
import dev.asyncio.EventLoop;
import dev.asyncio.Future;
import dev.asyncio.RunnerOptions;
import dev.asyncio.Task;
import dev.asyncio.support.Bodies;
import dev.asyncio.support.Jdk;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A carrier that is asked for is the one that runs the Java bodies: seen by what the loop says and by the threads there are. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Jdk#carriers")
class CarriersOnEveryCarrierTest {
    private static final int BODIES = 20;

    private final Carrier carrier;

    CarriersOnEveryCarrierTest(Carrier carrier) {
        this.carrier = carrier;
    }

    @Test
    void theLoopTellsItsCarrier() {
        String expected = "carrier=" + carrier.name().toLowerCase(Locale.ROOT);
        try (EventLoop loop = Asyncio.newEventLoop(carrier)) {
            assertTrue(loop.toString().contains(expected), loop::toString);
        }
        Runs.virtual(carrier, () -> assertTrue(getRunningLoop().toString().contains(expected)));
    }

    @Test
    void theOptionsOfARunChooseTheCarrier() {
        RunnerOptions options = RunnerOptions.DEFAULT.withCarrier(carrier).withInterruptHandler(false);
        String loop = Asyncio.run(() -> getRunningLoop().toString(), options);
        assertTrue(loop.contains("carrier=" + carrier.name().toLowerCase(Locale.ROOT)), loop);
    }

    @Test
    void theOptionsGoBeforeTheSystemProperty() {
        String before = System.getProperty("dev.asyncio.carrier");
        System.setProperty("dev.asyncio.carrier", carrier == Carrier.PLATFORM ? "loop" : "platform");
        try {
            theLoopTellsItsCarrier();
        } finally {
            restore(before);
        }
    }

    @Test
    void theSystemPropertyChoosesTheCarrierWhereNothingElseDoes() {
        String before = System.getProperty("dev.asyncio.carrier");
        System.setProperty("dev.asyncio.carrier", carrier.name().toLowerCase(Locale.ROOT));
        try (EventLoop loop = Asyncio.newEventLoop()) {
            assertTrue(loop.toString().contains("carrier=" + carrier.name().toLowerCase(Locale.ROOT)), loop::toString);
        } finally {
            restore(before);
        }
    }

    @Test
    void eachSuspendedBodyHasAThreadOfThatKind() {
        Set<Thread> threads = new HashSet<>();
        Runs.virtual(carrier, () -> {
            Future<Void> go = getRunningLoop().createFuture();
            List<Future<?>> bodies = new ArrayList<>();
            for (int i = 0; i < BODIES; i++) {
                bodies.add(createTask(() -> {
                    threads.add(Thread.currentThread());
                    await(go);
                }));
            }
            await(sleep(Duration.ofSeconds(1)));

            assertEquals(carrier != Carrier.PLATFORM, Bodies.isOnVirtualThread());
            assertEquals(BODIES, threads.size());
            // The bodies and main; whether a further stack waits for work is the engine's affair.
            int stacks = stacksOf(getRunningLoop());
            assertTrue(stacks == BODIES + 1 || stacks == BODIES + 2, getRunningLoop()::toString);
            int platform = Threads.named("asyncio-body").size();
            if (Bodies.isOnVirtualThread()) {
                assertEquals(0, platform);
                assertEquals(stacks, Threads.virtualOfTheSdk().size());
            } else {
                assertEquals(stacks, platform + 1, "all but this very thread");
            }
            go.setResult(null);
            for (Future<?> body : bodies) {
                await(body);
            }
        });
        assertEquals(BODIES, threads.size());
    }

    @Test
    void bodiesThatDoNotSuspendShareOneStack() {
        Runs.virtual(carrier, () -> {
            Set<Thread> threads = new HashSet<>();
            for (int i = 0; i < BODIES; i++) {
                createTask(() -> threads.add(Thread.currentThread()));
            }
            await(sleep(Duration.ofSeconds(1)));
            assertTrue(threads.size() <= 2, threads::toString);
            assertTrue(stacksOf(getRunningLoop()) <= 2, getRunningLoop()::toString);
        });
    }

    @Test
    void stacksAreUsedAgain() {
        Runs.virtual(carrier, () -> {
            for (int round = 0; round < 50; round++) {
                List<Future<?>> bodies = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    bodies.add(createTask(() -> await(sleep(Duration.ofSeconds(1)))));
                }
                for (Future<?> body : bodies) {
                    await(body);
                }
            }
            assertTrue(stacksOf(getRunningLoop()) <= 7, getRunningLoop()::toString);
        });
    }

    @Test
    void virtualThreadsAreScheduledByTheJvmOrByTheThreadThatRunsTheLoop() {
        assumeTrue(carrier != Carrier.PLATFORM, "platform threads are scheduled by the machine");
        String caller = Thread.currentThread().getName();
        String mountedOn = Runs.virtual(carrier, () -> Bodies.nameOfCarrierThread());
        assertEquals(carrier == Carrier.LOOP, mountedOn.equals(caller), mountedOn);
    }

    @Test
    void aVirtualThreadCanRunALoop() throws Exception {
        Jdk.assumeAtLeast(21, "virtual threads");
        List<String> results = new ArrayList<>();
        Thread caller = Bodies.startVirtualThread(() -> results.add(Runs.virtual(carrier, () -> {
            Task<String> task = createTask(() -> await(sleep(Duration.ofSeconds(1), "of a task")));
            return "result " + await(task);
        })));
        caller.join();
        assertEquals(List.of("result of a task"), results);
    }

    /** It would take over the scheduler of the body, which may be the loop. */
    @Test
    void aVirtualThreadThatABodyStartsDoesNotWaitForTheLoop() throws Exception {
        Jdk.assumeAtLeast(21, "virtual threads");
        LinkedBlockingQueue<String> questions = new LinkedBlockingQueue<>();
        LinkedBlockingQueue<String> late = new LinkedBlockingQueue<>();
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread[] outlives = new Thread[1];
        Runs.virtual(carrier, () -> {
            Thread helper = Bodies.startVirtualThread(() -> answer.complete("answer to " + take(questions)));
            outlives[0] = Bodies.startVirtualThread(() -> take(late));
            questions.put("a question");
            assertEquals("answer to a question", answer.get(), "while the body blocks the loop");
            helper.join();
        });
        late.put("a question after the run");
        outlives[0].join();
    }

    private static String take(LinkedBlockingQueue<String> queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theThreadThatCalledRunLendsItsStackToNoBody() {
        Thread caller = Thread.currentThread();
        Runs.virtual(carrier, () -> assertTrue(Thread.currentThread() != caller));
    }

    private static void restore(String property) {
        if (property == null) {
            System.clearProperty("dev.asyncio.carrier");
        } else {
            System.setProperty("dev.asyncio.carrier", property);
        }
    }

    private static int stacksOf(EventLoop loop) {
        return Integer.parseInt(loop.toString().replaceAll(".*stacks=(\\d+).*", "$1"));
    }
}
