package dev.asyncio.tasks;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.Coroutine;
import dev.asyncio.EventLoop;
import dev.asyncio.Future;
import dev.asyncio.Task;
import dev.asyncio.TaskFactory;
import dev.asyncio.TaskOptions;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Trace;
import dev.asyncio.testing.VirtualTimeLoop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Names, factories, stacks and what a task tells of itself, in Java. */
class TaskDetailsTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final Trace trace = new Trace();

    // ---- names

    @Test
    void aTaskHasANumberedNameUnlessItIsGivenOne() {
        Runs.virtual(() -> {
            Task<Void> first = createTask(() -> {});
            Task<Void> second = createTask(() -> {});
            assertTrue(first.getName().matches("Task-\\d+"), first::getName);
            assertNotEquals(first.getName(), second.getName());
            Task<Void> named = createTask(() -> {}, "worker");
            assertEquals("worker", named.getName());
            named.setName("renamed");
            assertEquals("renamed", named.getName());
            Task<Integer> byOptions = createTask(() -> 7, TaskOptions.DEFAULT.withName("by options"));
            assertEquals("by options", byOptions.getName());
        });
    }

    @Test
    void aTaskKnowsItsCoroutineAndItsLoop() {
        Runs.virtual(() -> {
            Coroutine<Integer> body = () -> 7;
            Task<Integer> task = createTask(body);
            assertSame(body, task.getCoroutine());
            assertSame(getRunningLoop(), task.getLoop());
            await(task);
        });
    }

    // ---- ensureFuture

    @Test
    void ensureFutureGivesFuturesAsTheyAreAndMakesTasksOfCoroutines() {
        Runs.virtual(() -> {
            Future<Integer> future = getRunningLoop().createFuture();
            assertSame(future, Asyncio.ensureFuture(future));
            Task<Integer> task = createTask(() -> 7);
            assertSame(task, Asyncio.ensureFuture(task));
            Future<Integer> made = Asyncio.ensureFuture(() -> 7);
            assertTrue(made instanceof Task);
            assertEquals(7, await(made));
            await(task);
        });
    }

    // ---- factories

    @Test
    void aFactoryMakesAllTasksAndTheNameIsSetAfterwards() {
        TaskFactory factory = new TaskFactory() {
            @Override
            public Task<?> createTask(EventLoop loop, Coroutine<?> coroutine, TaskOptions options) {
                trace.add("factory, name " + options.name());
                return Task.create(loop, coroutine, options);
            }
        };
        Runs.virtual(() -> {
            EventLoop loop = getRunningLoop();
            loop.setTaskFactory(factory);
            assertSame(factory, loop.getTaskFactory());
            assertEquals("named", createTask(() -> 7, "named").getName());
            await(Asyncio.gather(() -> 1, () -> 2));
            loop.setTaskFactory(null);
            assertNull(loop.getTaskFactory());
            createTask(() -> 7);
        });
        trace.is("factory, name null", "factory, name null", "factory, name null");
    }

    @Test
    void withTheEagerFactoryTheFirstStepDoesNotKnowTheName() {
        Runs.virtual(() -> {
            getRunningLoop().setTaskFactory(Asyncio.eagerTaskFactory());
            Task<Void> task = createTask(
                    () -> {
                        trace.add(Asyncio.currentTask().getName().matches("Task-\\d+"));
                        await(sleep(Duration.ZERO));
                        trace.add(Asyncio.currentTask().getName());
                    },
                    "named");
            await(task);
        });
        trace.is(true, "named");
    }

    @Test
    void anEagerTaskOfALoopThatDoesNotRunIsScheduled() {
        try (VirtualTimeLoop loop = new VirtualTimeLoop()) {
            loop.createTask(() -> trace.add("body"), TaskOptions.DEFAULT.withEagerStart(true));
            trace.add("created");
            loop.runUntilIdle();
        }
        trace.is("created", "body");
    }

    // ---- looking around

    @Test
    void theTasksOfALoopCanBeAskedForFromOutside() {
        try (VirtualTimeLoop loop = new VirtualTimeLoop()) {
            Task<Void> task = loop.createTask(() -> {});
            assertEquals(java.util.Set.of(task), Asyncio.allTasks(loop));
            assertNull(Asyncio.currentTask(loop));
            loop.runUntilIdle();
            assertEquals(java.util.Set.of(), Asyncio.allTasks(loop));
        }
    }

    // ---- stacks

    @Test
    void theStackOfASuspendedTaskIsWhereItWaitsInnermostLast() {
        Runs.virtual(() -> {
            Task<Void> task = createTask(() -> outer());
            await(sleep(Duration.ZERO));
            List<String> methods = methodsOf(task.getStack());
            assertTrue(methods.indexOf("outer") >= 0, methods::toString);
            assertTrue(methods.indexOf("inner") > methods.indexOf("outer"), methods::toString);
            assertEquals("inner", methods.get(methods.size() - 1));
            await(task);
            assertEquals(List.of(), task.getStack());
        });
    }

    private static void outer() {
        inner();
    }

    private static void inner() {
        await(sleep(A_SECOND));
    }

    @Test
    void theStackOfARunningTaskIsTheCallersOwn() {
        Runs.virtual(() -> {
            List<String> methods = methodsOf(lookAtMyself());
            assertTrue(methods.contains("lookAtMyself"), methods::toString);
        });
    }

    private static List<StackTraceElement> lookAtMyself() {
        return Asyncio.currentTask().getStack();
    }

    @Test
    void theStackOfAFailedTaskIsThatOfItsException() {
        Runs.virtual(() -> {
            Task<Void> task = createTask(() -> failInside());
            assertThrows(IOException.class, () -> await(task, IOException.class));
            List<String> methods = methodsOf(task.getStack());
            assertEquals("failInside", methods.get(methods.size() - 1));
        });
    }

    private static void failInside() throws IOException {
        throw new IOException("failed");
    }

    @Test
    void aTaskThatNeverStartedHasNoStack() {
        Runs.virtual(() -> {
            Task<Void> task = createTask(() -> {});
            assertEquals(List.of(), task.getStack());
            await(task);
        });
    }

    @Test
    void printStackWritesToStandardError() {
        PrintStream before = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            Runs.virtual(() -> {
                Task<Void> task = createTask(() -> outer(), "printed");
                await(sleep(Duration.ZERO));
                task.printStack();
                await(task);
                task.printStack();
                Task<Void> failed = createTask(() -> failInside(), "failed");
                assertThrows(IOException.class, () -> await(failed, IOException.class));
                failed.printStack();
            });
        } finally {
            System.setErr(before);
        }
        String text = written.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("Stack for <Task 'printed' pending"), text);
        assertTrue(text.contains("TaskDetailsTest.inner"), text);
        assertTrue(text.contains("No stack for <Task 'printed' finished"), text);
        assertTrue(text.contains("Traceback for <Task 'failed' finished exception=IOException"), text);
        assertTrue(text.contains("java.io.IOException: failed"), text);
    }

    private static List<String> methodsOf(List<StackTraceElement> frames) {
        return frames.stream().map(StackTraceElement::getMethodName).collect(Collectors.toList());
    }

    // ---- for reading

    @Test
    void aTaskTellsItsState() {
        Runs.virtual(() -> {
            Coroutine<String> body = new Named();
            Task<String> task = createTask(body, "worker");
            assertEquals("<Task 'worker' pending coroutine=a named body>", task.toString());
            await(sleep(Duration.ZERO));
            assertEquals(
                    "<Task 'worker' pending coroutine=a named body wait_for=<Future pending callbacks=1>>",
                    task.toString());
            Task<String> waiter = createTask(() -> await(task), "waiter");
            await(sleep(Duration.ZERO));
            assertTrue(waiter.toString().endsWith(" wait_for=<Task 'worker'>>"), waiter::toString);
            task.cancel();
            assertTrue(task.toString().startsWith("<Task 'worker' cancelling callbacks=1 coroutine="), task::toString);
            await(sleep(A_SECOND));
            assertEquals("<Task 'worker' cancelled coroutine=a named body>", task.toString());
            Task<Integer> finished = createTask(() -> 7, "finished");
            await(finished);
            assertTrue(finished.toString().startsWith("<Task 'finished' finished result=7"), finished::toString);
        });
    }

    private static final class Named implements Coroutine<String> {
        @Override
        public String run() {
            return await(sleep(Duration.ofDays(1), "slept"));
        }

        @Override
        public String toString() {
            return "a named body";
        }
    }
}
