package dev.asyncio.stacks;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.asyncio.Asyncio;
import dev.asyncio.Carrier;
import dev.asyncio.Context;
import dev.asyncio.ContextVar;
import dev.asyncio.Coroutine;
import dev.asyncio.EventLoop;
import dev.asyncio.Future;
import dev.asyncio.Task;
import dev.asyncio.TaskOptions;
import dev.asyncio.Token;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Trace;
import dev.asyncio.testing.VirtualTimeLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Straight-line Java code that waits in the middle, in all the places where it may. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Jdk#carriers")
class StacksOnEveryCarrierTest {
    private static final TaskOptions EAGER = TaskOptions.DEFAULT.withEagerStart(true);

    private final Carrier carrier;
    private final Trace trace = new Trace();

    StacksOnEveryCarrierTest(Carrier carrier) {
        this.carrier = carrier;
    }

    // ---- frames

    @Test
    void awaitWorksAtAnyDepthOfOrdinaryCalls() {
        assertEquals(1000, Runs.virtual(carrier, () -> countDown(1000)));
    }

    private static int countDown(int n) {
        if (n == 0) {
            await(sleep(Duration.ofSeconds(1)));
            return 0;
        }
        return countDown(n - 1) + 1;
    }

    @Test
    void localVariablesAndLoopsLiveThroughAwaits() {
        List<Integer> squares = Runs.virtual(carrier, () -> {
            List<Integer> result = new ArrayList<>();
            for (int i = 1; i <= 5; i++) {
                int square = i * i;
                await(sleep(Duration.ofSeconds(i)));
                result.add(square);
            }
            return result;
        });
        assertEquals(List.of(1, 4, 9, 16, 25), squares);
    }

    @Test
    void awaitWorksInConstructorsLambdasAndStreams() {
        int sum = Runs.virtual(
                carrier,
                () -> List.of(3, 1, 2).stream()
                        .mapToInt(i -> await(sleep(Duration.ofSeconds(i), i)))
                        .sum());
        assertEquals(6, sum);
    }

    /** A monitor is not given up by an await: that is how a body can stop all others, and so it should be known. */
    @Test
    void aMonitorIsHeldThroughAnAwait() {
        Object monitor = new Object();
        Runs.virtual(carrier, () -> {
            synchronized (monitor) {
                await(sleep(Duration.ofSeconds(1)));
                assertSame(true, Thread.holdsLock(monitor));
            }
        });
    }

    @Test
    void bodiesInterleaveByTheirAwaitsOnly() {
        Runs.virtual(carrier, () -> {
            List<Task<Void>> tasks = new ArrayList<>();
            for (String name : List.of("A", "B", "C")) {
                tasks.add(createTask(() -> {
                    for (int i = 1; i <= 3; i++) {
                        trace.add(name + i);
                        await(sleep(Duration.ZERO));
                    }
                }));
            }
            for (Task<Void> task : tasks) {
                await(task);
            }
        });
        trace.is("A1", "B1", "C1", "A2", "B2", "C2", "A3", "B3", "C3");
    }

    /** Longer than any thread waits awake for a turn that it foresees. */
    @Test
    void bodiesWhoseStepsAreLongTakeTurnsAllTheSame() {
        List<String> expected = new ArrayList<>();
        Runs.virtual(carrier, () -> {
            List<Task<Void>> tasks = new ArrayList<>();
            for (String name : List.of("A", "B", "C")) {
                tasks.add(createTask(() -> {
                    for (int i = 0; i < 20; i++) {
                        trace.add(name + i);
                        Thread.sleep(1);
                        await(sleep(Duration.ZERO));
                    }
                }));
            }
            for (Task<Void> task : tasks) {
                await(task);
            }
        });
        for (int i = 0; i < 20; i++) {
            expected.addAll(List.of("A" + i, "B" + i, "C" + i));
        }
        assertEquals(expected, trace.events());
    }

    /** A thousand bodies wait at once, and each is woken by the one before it. */
    @Test
    void aLongChainOfBodiesPassesAValueAlong() {
        int last = Runs.virtual(carrier, () -> {
            Future<Integer> first = getRunningLoop().createFuture();
            Future<Integer> previous = first;
            for (int i = 0; i < 1000; i++) {
                Future<Integer> source = previous;
                previous = createTask(() -> await(source) + 1);
            }
            await(sleep(Duration.ofSeconds(1)));
            first.setResult(0);
            return await(previous);
        });
        assertEquals(1000, last);
    }

    // ---- contexts

    @Test
    void contextRunMayAwaitAndKeepsItsContextAcrossTheWait() {
        ContextVar<String> variable = new ContextVar<>("variable", "outside");
        Runs.virtual(carrier, () -> {
            Context context = Context.copyContext();
            Task<Void> other = createTask(() -> {
                await(sleep(Duration.ZERO));
                trace.add("other: " + variable.get());
            });
            String result = context.run(() -> {
                variable.set("inside");
                await(sleep(Duration.ofSeconds(1)));
                trace.add("after the wait: " + variable.get());
                await(createTask(() -> trace.add("child: " + variable.get())));
                return "result";
            });
            trace.add(result + ": " + variable.get());
            await(other);
            assertEquals("inside", context.get(variable));
        });
        trace.is("other: outside", "after the wait: inside", "child: inside", "result: outside");
    }

    @Test
    void aContextThatIsEnteredByABodyThatWaitsCannotBeEnteredByAnother() {
        Runs.virtual(carrier, () -> {
            Context context = Context.copyContext();
            Task<Void> holder = createTask(() -> context.run(() -> await(sleep(Duration.ofSeconds(2)))));
            await(sleep(Duration.ofSeconds(1)));
            assertThrows(IllegalStateException.class, () -> context.run(() -> {}));
            await(holder);
            context.run(() -> trace.add("free again"));
        });
        trace.is("free again");
    }

    @Test
    void aTaskThatIsAskedForItsContextWhileItWaitsInAnotherKeepsWhatItSetsAfterwards() {
        ContextVar<String> variable = new ContextVar<>("variable", "default");
        Runs.virtual(carrier, () -> {
            List<Token<String>> tokens = new ArrayList<>();
            Task<Void> task = createTask(() -> {
                Context.copyContext().run(() -> await(sleep(Duration.ofSeconds(2))));
                trace.add(variable.get());
                variable.reset(tokens.get(0));
                variable.set("set afterwards");
                await(sleep(Duration.ZERO));
                trace.add(variable.get());
            });
            await(sleep(Duration.ofSeconds(1)));
            task.getContext().run(() -> tokens.add(variable.set("set by another")));
            await(task);
        });
        trace.is("set by another", "set afterwards");
    }

    @Test
    void contextRunNestsAcrossAwaits() {
        ContextVar<Integer> depth = new ContextVar<>("depth", 0);
        Runs.virtual(carrier, () -> {
            nest(depth, 5);
            trace.add(depth.get());
        });
        trace.is(5, 4, 3, 2, 1, 0);
    }

    private void nest(ContextVar<Integer> depth, int levels) {
        if (levels == 0) {
            return;
        }
        Context.copyContext().run(() -> {
            int mine = depth.get() + 1;
            depth.set(mine);
            await(sleep(Duration.ofSeconds(1)));
            nest(depth, levels - 1);
            await(sleep(Duration.ofSeconds(1)));
            assertEquals(mine, depth.get());
            trace.add(mine);
        });
    }

    // ---- eager bodies

    @Test
    void anEagerBodyStartsInsideOfItsCreatorAndWaitsWithoutIt() {
        Runs.virtual(carrier, () -> {
            Task<String> eager = createTask(
                    () -> {
                        trace.add("eager 1");
                        await(sleep(Duration.ofSeconds(1)));
                        trace.add("eager 2");
                        return "result";
                    },
                    EAGER);
            trace.add("creator");
            await(sleep(Duration.ZERO));
            trace.add("creator, an iteration later");
            trace.add(await(eager));
        });
        trace.is("eager 1", "creator", "creator, an iteration later", "eager 2", "result");
    }

    @Test
    void eagerBodiesNest() {
        Runs.virtual(carrier, () -> {
            trace.add("depth " + await(eagerTower(5)));
        });
        trace.is("down 5", "down 4", "down 3", "down 2", "down 1", "back 2", "back 3", "back 4", "back 5", "depth 5");
    }

    private Task<Integer> eagerTower(int levels) {
        return createTask(
                () -> {
                    trace.add("down " + levels);
                    if (levels == 1) {
                        await(sleep(Duration.ofSeconds(1)));
                        return 1;
                    }
                    Task<Integer> inner = eagerTower(levels - 1);
                    trace.add("back " + levels);
                    return await(inner) + 1;
                },
                EAGER);
    }

    @Test
    void eagerBodiesThatDoNotWaitAreDoneAtOnceAtAnyDepth() {
        Runs.virtual(carrier, () -> {
            Task<Integer> outer = createTask(
                    () -> createTask(() -> createTask(() -> 7, EAGER).result(), EAGER)
                            .result(),
                    EAGER);
            assertEquals(7, outer.result());
        });
    }

    @Test
    void aCallbackStartsAnEagerBody() {
        Runs.virtual(carrier, () -> {
            Future<Task<Void>> started = getRunningLoop().createFuture();
            getRunningLoop().callSoon(() -> {
                started.setResult(createTask(
                        () -> {
                            trace.add("body");
                            await(sleep(Duration.ofSeconds(1)));
                            trace.add("body, later");
                        },
                        EAGER));
                trace.add("callback");
            });
            getRunningLoop().callSoon(trace.adding("next callback"));
            await(await(started));
        });
        trace.is("body", "callback", "next callback", "body, later");
    }

    @Test
    void theFirstBodyOfALoopMayBeStartedEagerlyByACallback() {
        try (EventLoop loop = new VirtualTimeLoop(carrier)) {
            Future<Object> done = loop.createFuture();
            loop.callSoon(() -> {
                createTask(
                        () -> {
                            trace.add("body");
                            await(sleep(Duration.ofSeconds(1)));
                            done.setResult("done");
                        },
                        EAGER);
                trace.add("callback");
            });
            trace.add(loop.runUntilComplete(done));
        }
        trace.is("body", "callback", "done");
    }

    @Test
    void theEagerTaskFactoryStartsAllBodiesAtOnce() {
        Runs.virtual(carrier, () -> {
            getRunningLoop().setTaskFactory(Asyncio.eagerTaskFactory());
            List<Integer> results = await(Asyncio.gather(
                    () -> {
                        trace.add("first");
                        await(sleep(Duration.ofSeconds(1)));
                        return 1;
                    },
                    () -> {
                        trace.add("second");
                        return 2;
                    }));
            trace.add(results);
        });
        trace.is("first", "second", List.of(1, 2));
    }

    // ---- errors

    @Test
    void aStackOverflowIsAnOrdinaryFailureOfItsBody() {
        Runs.virtual(carrier, () -> {
            Task<Integer> task = createTask(() -> forever(0));
            assertThrows(StackOverflowError.class, () -> await(task));
            assertEquals("all is well", await(createTask(() -> "all is well")));
        });
    }

    private static int forever(int n) {
        return forever(n + 1) + 1;
    }

    @Test
    void anErrorThatIsNotFatalIsAnOrdinaryFailure() {
        Runs.virtual(carrier, () -> {
            Task<Integer> task = createTask(() -> {
                await(sleep(Duration.ZERO));
                throw new AssertionError("wrong");
            });
            await(sleep(Duration.ofSeconds(1)));
            assertInstanceOf(AssertionError.class, task.exception());
        });
    }

    @Test
    void outOfMemoryLeavesTheLoopAndStaysInTheTask() {
        try (EventLoop loop = new VirtualTimeLoop(carrier)) {
            OutOfMemoryError error = new OutOfMemoryError("thrown by hand");
            Task<Integer> task = loop.createTask(() -> {
                await(sleep(Duration.ofSeconds(1)));
                throw error;
            });
            Task<String> bystander = loop.createTask(() -> await(sleep(Duration.ofSeconds(2), "unharmed")));
            assertSame(error, assertThrows(OutOfMemoryError.class, loop::runForever));
            assertSame(error, task.exception());
            assertEquals("unharmed", loop.runUntilComplete(bystander));
        }
    }

    @Test
    void aCheckedExceptionComesThroughAsItIs() {
        IOException error = new IOException("checked");
        Coroutine<String> failing = () -> {
            await(sleep(Duration.ofSeconds(1)));
            throw error;
        };
        Runs.virtual(carrier, () -> {
            try {
                await(failing, IOException.class);
            } catch (IOException e) {
                assertSame(error, e);
                trace.add("caught");
            }
        });
        trace.is("caught");
    }
}
