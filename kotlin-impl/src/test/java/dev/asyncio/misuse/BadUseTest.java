package dev.asyncio.misuse;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.Awaitable;
import dev.asyncio.Coroutine;
import dev.asyncio.EventLoop;
import dev.asyncio.Future;
import dev.asyncio.NoRunningLoopException;
import dev.asyncio.RunnerOptions;
import dev.asyncio.Task;
import dev.asyncio.TaskFactory;
import dev.asyncio.TaskGroup;
import dev.asyncio.TaskOptions;
import dev.asyncio.Timeout;
import dev.asyncio.WrongLoopThreadException;
import dev.asyncio.support.ChildJvm;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Trace;
import dev.asyncio.sync.Condition;
import dev.asyncio.testing.VirtualTimeLoop;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What bad use gets: an exception that says what to do, and nothing lost. */
class BadUseTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final Trace trace = new Trace();

    // ---- await in the wrong place

    @Test
    void awaitWithoutARunningLoop() {
        assertSays(NoRunningLoopException.class, "Asyncio.run", () -> await(sleep(A_SECOND)));
        try (VirtualTimeLoop loop = new VirtualTimeLoop()) {
            Future<Integer> future = loop.createFuture();
            assertSays(NoRunningLoopException.class, "Asyncio.run", () -> await(future));
        }
    }

    @Test
    void awaitInACallbackOfTheLoop() {
        try (VirtualTimeLoop loop = new VirtualTimeLoop()) {
            loop.callSoon(() -> {
                assertSays(IllegalStateException.class, "createTask", () -> await(sleep(A_SECOND)));
                trace.add("callback");
            });
            Future<Integer> future = loop.createFuture();
            future.addDoneCallback(done -> {
                assertSays(IllegalStateException.class, "createTask", () -> await(done));
                trace.add("done-callback");
            });
            future.setResult(7);
            loop.runUntilIdle();
        }
        trace.is("callback", "done-callback");
    }

    /** The callback runs on the very stack that the body waits on. */
    @Test
    void awaitInACallbackThatRunsOnAWaitingBodysStack() {
        Runs.virtual(() -> {
            getRunningLoop().callSoon(() -> {
                assertSays(IllegalStateException.class, "createTask", () -> await(sleep(A_SECOND)));
                trace.add("callback");
            });
            await(sleep(A_SECOND));
            trace.add("body");
        });
        trace.is("callback", "body");
    }

    @Test
    void awaitInAFunctionThatAnOperationCalls() {
        Runs.virtual(() -> {
            Condition condition = new Condition();
            await(condition.hold(() -> assertSays(
                    IllegalStateException.class,
                    "cannot wait",
                    () -> await(condition.waitFor(() -> {
                        await(sleep(A_SECOND));
                        return true;
                    })))));
        });
    }

    @Test
    void awaitOnAnotherThreadThanTheLoops() {
        Runs.virtual(() -> {
            Future<Integer> future = getRunningLoop().createFuture();
            await(Asyncio.toThread(() ->
                    assertSays(NoRunningLoopException.class, "await needs a running event loop", () -> await(future))));
            Thread thread = new Thread(
                    () -> {
                        assertSays(NoRunningLoopException.class, "'a worker' runs none", () -> await(sleep(A_SECOND)));
                        assertSays(NoRunningLoopException.class, "runCoroutineThreadsafe", () -> await(future));
                        trace.add("refused");
                    },
                    "a worker");
            thread.start();
            thread.join();
        });
        trace.is("refused");
    }

    @Test
    void awaitOfSomethingThatIsNoAwaitableOfTheSdk() {
        Awaitable<Integer> homemade = new Awaitable<>() {};
        Runs.virtual(() -> {
            assertSays(IllegalArgumentException.class, "implement Coroutine", () -> await(homemade));
            assertSays(IllegalArgumentException.class, "implement Coroutine", () -> Asyncio.ensureFuture(homemade));
            assertSays(IllegalArgumentException.class, "implement Coroutine", () -> Asyncio.gather(List.of(homemade)));
        });
    }

    @Test
    void awaitOfNull() {
        Runs.virtual(() -> {
            assertThrows(NullPointerException.class, () -> await((Future<Integer>) null));
            assertThrows(NullPointerException.class, () -> createTask((Coroutine<Integer>) null));
            assertThrows(NullPointerException.class, () -> Asyncio.gather(Arrays.asList(sleep(A_SECOND), null)));
        });
    }

    @Test
    void aTaskThatAwaitsItself() {
        Runs.virtual(() -> {
            List<Task<Integer>> itself = new ArrayList<>();
            itself.add(createTask(() -> await(itself.get(0))));
            assertSays(IllegalStateException.class, "cannot await on itself", () -> await(itself.get(0)));
        });
    }

    // ---- what wants a running loop, or a task

    @Test
    void makingATaskWithoutARunningLoop() {
        assertSays(NoRunningLoopException.class, "loop's own method", () -> createTask(() -> 7));
        assertSays(NoRunningLoopException.class, "no running event loop", Asyncio::currentTask);
        assertThrows(NoRunningLoopException.class, Asyncio::allTasks);
        assertThrows(NoRunningLoopException.class, Asyncio::getRunningLoop);
    }

    @Test
    void makingATimeoutThatCountsFromNowWithoutARunningLoop() {
        assertThrows(NoRunningLoopException.class, () -> new Timeout(A_SECOND));
        assertThrows(NoRunningLoopException.class, () -> new Timeout(null));
        assertNull(Timeout.at(null).when());
    }

    @Test
    void enteringATimeoutOrAGroupOutsideOfATask() {
        try (VirtualTimeLoop loop = new VirtualTimeLoop()) {
            loop.callSoon(() -> {
                assertSays(IllegalStateException.class, "in a task", TaskGroup::open);
                trace.add("refused");
            });
            loop.runUntilIdle();
        }
        assertSays(IllegalStateException.class, "in a task", TaskGroup::open);
        assertThrows(IllegalStateException.class, () -> new TaskGroup().createTask(() -> 7));
        assertThrows(IllegalStateException.class, () -> Timeout.at(null).reschedule(null));
        trace.is("refused");
    }

    // ---- the wrong thread

    @Test
    void inDebugModeAMethodThatIsNotThreadSafeRefusesOtherThreads() {
        Asyncio.run(
                () -> {
                    EventLoop loop = getRunningLoop();
                    Future<Integer> future = loop.createFuture();
                    Task<Void> task = createTask(() -> await(sleep(A_SECOND)));
                    await(Asyncio.toThread(() -> {
                        String advice = "callSoonThreadsafe";
                        assertSays(WrongLoopThreadException.class, advice, () -> loop.callSoon(() -> {}));
                        assertSays(WrongLoopThreadException.class, advice, () -> loop.callLater(A_SECOND, () -> {}));
                        assertSays(WrongLoopThreadException.class, advice, () -> loop.callAt(A_SECOND, () -> {}));
                        assertSays(WrongLoopThreadException.class, advice, () -> loop.createTask(() -> 7));
                        assertSays(WrongLoopThreadException.class, advice, () -> task.cancel());
                        assertSays(WrongLoopThreadException.class, advice, loop::stop);
                        assertSays(WrongLoopThreadException.class, advice, () -> future.addDoneCallback(done -> {}));
                        loop.callSoonThreadsafe(trace.adding("this is the way"));
                    }));
                    await(task);
                },
                Runs.onVirtualTime().withDebug(true));
        trace.is("this is the way");
    }

    @Test
    void aTimeoutIsNotRescheduledByAnotherThread() {
        Runs.virtual(() -> {
            Timeout timeout = new Timeout(A_SECOND);
            await(timeout.enter(() -> {
                await(Asyncio.toThread(
                        () -> assertThrows(NoRunningLoopException.class, () -> timeout.reschedule(A_SECOND))));
                await(Asyncio.toThread(() -> assertThrows(
                        IllegalStateException.class, () -> Runs.virtual(() -> timeout.reschedule(A_SECOND)))));
            }));
        });
    }

    @Test
    void inDebugModeALoopThatDoesNotRunIsAnybodys() {
        try (VirtualTimeLoop loop = new VirtualTimeLoop()) {
            loop.setDebug(true);
            loop.callSoon(trace.adding("scheduled before the run"));
            loop.runUntilIdle();
        }
        trace.is("scheduled before the run");
    }

    // ---- loops

    @Test
    void runInsideOfARunningLoop() {
        Runs.virtual(() -> assertSays(
                IllegalStateException.class,
                "await the coroutine instead",
                () -> Asyncio.run(() -> 7, Runs.onVirtualTime())));
    }

    @Test
    void futuresOfTwoLoopsInOneGather() {
        try (VirtualTimeLoop one = new VirtualTimeLoop();
                VirtualTimeLoop two = new VirtualTimeLoop()) {
            Future<Integer> first = one.createFuture();
            Future<Integer> second = two.createFuture();
            assertSays(IllegalArgumentException.class, "different loop", () -> Asyncio.gather(first, second));
        }
    }

    @Test
    void aFutureOfAnotherLoopBehindACoroutine() {
        Runs.virtual(() -> {
            try (VirtualTimeLoop other = new VirtualTimeLoop()) {
                Future<Integer> foreign = other.createFuture();
                Coroutine<Integer> fails = () -> {
                    throw new IllegalStateException("for nobody");
                };
                assertSays(
                        IllegalArgumentException.class,
                        "different loop",
                        () -> Asyncio.gather(List.of(fails, foreign)));
                await(sleep(A_SECOND));
                assertEquals(0, Asyncio.allTasks(other).size());
            }
        });
    }

    @Test
    void aTaskFactoryThatMakesNoTask() {
        Runs.virtual(() -> {
            getRunningLoop().setTaskFactory(new BrokenFactory());
            assertSays(IllegalStateException.class, "Task.create", () -> createTask(() -> 7));
            getRunningLoop().setTaskFactory(null);
        });
    }

    private static final class BrokenFactory implements TaskFactory {
        @Override
        public Task<?> createTask(EventLoop loop, Coroutine<?> coroutine, TaskOptions options) {
            return null;
        }
    }

    // ---- no engine

    @Test
    void withoutAnEngineTheMissingArtifactIsNamed() throws Exception {
        assertSaysThatItNeeds("dev.asyncio:asyncio-kotlin-impl", BadUseTest::isEngine);
    }

    @Test
    void withoutWhatTheEngineNeedsTheMissingArtifactIsNamed() throws Exception {
        for (String artifact :
                List.of("org.jetbrains.kotlin:kotlin-stdlib", "org.jetbrains.kotlinx:kotlinx-coroutines-core")) {
            String jar = artifact.substring(artifact.indexOf(':') + 1);
            assertSaysThatItNeeds(artifact, entry -> new File(entry).getName().startsWith(jar));
        }
    }

    private static void assertSaysThatItNeeds(String artifact, Predicate<String> isPartOfIt) throws Exception {
        String classPath = Arrays.stream(ChildJvm.classPath().split(File.pathSeparator))
                .filter(isPartOfIt.negate())
                .collect(Collectors.joining(File.pathSeparator));
        try (ChildJvm child = ChildJvm.with().classPath(classPath).start(NoEngine.class)) {
            List<String> lines = child.lines();
            assertEquals(2, lines.size(), lines::toString);
            assertTrue(lines.get(0).contains("add the artifact " + artifact), lines::toString);
            assertEquals(lines.get(0), lines.get(1), "the second time as well");
        }
    }

    private static boolean isEngine(String entry) {
        File file = new File(entry);
        return new File(file, "META-INF/services/dev.asyncio.spi.EventLoopProvider").exists()
                || file.getName().startsWith("asyncio-kotlin-impl");
    }

    static class NoEngine {
        public static void main(String[] args) {
            for (int i = 0; i < 2; i++) {
                try {
                    Asyncio.run(() -> 7);
                } catch (IllegalStateException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }

    @Test
    void optionsRefuseNull() {
        assertThrows(NullPointerException.class, () -> Asyncio.run(() -> 7, (RunnerOptions) null));
    }

    private static void assertSays(Class<? extends Exception> type, String advice, Executable call) {
        Exception error = assertThrows(type, call);
        assertTrue(error.getMessage().contains(advice), error::getMessage);
    }
}
