package dev.asyncio.stacks;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.Carrier;
import dev.asyncio.Future;
import dev.asyncio.RunnerOptions;
import dev.asyncio.Task;
import dev.asyncio.TaskOptions;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Trace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** An interrupt flag belongs to one body, whatever stack it shares with others and whoever drives on top of it meanwhile. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Jdk#carriers")
class InterruptFlagsOnEveryCarrierTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final Carrier carrier;
    private final Trace trace = new Trace();

    InterruptFlagsOnEveryCarrierTest(Carrier carrier) {
        this.carrier = carrier;
    }

    /** A interrupts itself and waits. B and a callback run meanwhile, on top of A's frames. Then A goes on. */
    @Test
    void aBodySeesItsOwnFlagAgainAfterAnAwaitAndNobodyElseDoes() {
        Runs.virtual(carrier, () -> {
            Task<Void> a = createTask(() -> {
                Thread.currentThread().interrupt();
                noteFlag("A before");
                await(sleep(A_SECOND));
                noteFlag("A after");
                assertTrue(Thread.interrupted());
            });
            Task<Void> b = createTask(() -> noteFlag("B"));
            Asyncio.getRunningLoop().callSoon(() -> noteFlag("callback"));
            await(a);
            await(b);
            noteFlag("main");
        });
        trace.is("A before: true", "B: false", "callback: false", "A after: true", "main: false");
    }

    @Test
    void aFlagThatABodyLeavesBehindIsNotTheNextOnesOnThatStack() {
        Runs.virtual(carrier, () -> {
            await(createTask(() -> Thread.currentThread().interrupt()));
            await(createTask(() -> noteFlag("next")));
            noteFlag("main");
        });
        trace.is("next: false", "main: false");
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void soItIsWhenTheBodyEndsAfterAnAwait() {
        Runs.virtual(carrier, () -> {
            Task<Void> a = createTask(() -> {
                await(sleep(A_SECOND));
                Thread.currentThread().interrupt();
            });
            Task<Void> b = createTask(() -> {
                await(a);
                noteFlag("B");
            });
            await(b);
            await(createTask(() -> noteFlag("next")));
        });
        trace.is("B: false", "next: false");
    }

    @Test
    void anEagerBodyDoesNotSeeItsCreatorsFlagNorPassItsOwnOn() {
        Runs.virtual(carrier, () -> {
            Thread.currentThread().interrupt();
            Task<Void> eager = createTask(
                    () -> {
                        noteFlag("eager");
                        Thread.currentThread().interrupt();
                        await(sleep(Duration.ZERO));
                        noteFlag("eager, later");
                    },
                    TaskOptions.DEFAULT.withEagerStart(true));
            assertTrue(Thread.interrupted(), "the creator's own flag is still there");
            noteFlag("creator");
            await(eager);
            noteFlag("creator, later");
        });
        trace.is("eager: false", "creator: false", "eager, later: true", "creator, later: false");
    }

    @Test
    void aBodyThatIsInterruptedFromOutsideWhileItWaitsSeesItWhenItGoesOn() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Runs.virtual(carrier, () -> {
            Future<Void> go = Asyncio.getRunningLoop().createFuture();
            Task<Void> waiting = createTask(() -> {
                thread.set(Thread.currentThread());
                await(go);
                noteFlag("interrupted one");
            });
            await(sleep(Duration.ZERO));
            // By another thread, as a debugger or a watchdog would do it.
            Thread watchdog = new Thread(() -> thread.get().interrupt());
            watchdog.start();
            watchdog.join();
            await(createTask(() -> noteFlag("bystander")));
            go.setResult(null);
            await(waiting);
        });
        trace.is("bystander: false", "interrupted one: true");
    }

    /** Both wake its thread, each by itself. */
    @Test
    void aBodyThatIsInterruptedAsItsTurnComesGoesOnAndSeesIt() {
        Runs.virtual(carrier, () -> {
            for (int round = 0; round < 500; round++) {
                AtomicReference<Thread> thread = new AtomicReference<>();
                Future<Void> go = Asyncio.getRunningLoop().createFuture();
                Task<Boolean> waiting = createTask(() -> {
                    thread.set(Thread.currentThread());
                    await(go);
                    boolean interrupted = Thread.interrupted();
                    await(sleep(Duration.ZERO));
                    return interrupted;
                });
                await(sleep(Duration.ZERO));
                thread.get().interrupt();
                go.setResult(null);
                assertTrue(await(waiting), "in round " + round);
            }
        });
    }

    /** As that of a semaphore whose timed tryAcquire has given up. */
    @Test
    void anUnparkThatComesLateDisturbsNoWait() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Thread late = new Thread(() -> {
            while (!Thread.interrupted()) {
                LockSupport.unpark(thread.get());
                Thread.onSpinWait();
            }
        });
        late.start();
        try {
            Runs.virtual(carrier, () -> {
                thread.set(Thread.currentThread());
                for (int round = 0; round < 500; round++) {
                    await(createTask(() -> await(sleep(Duration.ZERO))));
                }
            });
        } finally {
            late.interrupt();
            late.join();
        }
    }

    /** All three start on one stack, one after the other. */
    @Test
    void aBodyThatDoesNotSuspendLeavesNoFlagToTheNextOneOnItsStack() {
        Runs.virtual(carrier, () -> {
            for (String name : List.of("A", "B", "C")) {
                createTask(() -> {
                    noteFlag(name);
                    Thread.currentThread().interrupt();
                });
            }
            await(sleep(A_SECOND));
            noteFlag("main");
        });
        trace.is("A: false", "B: false", "C: false", "main: false");
    }

    /** The callback runs on the stack that main's body waits on, which drives the loop meanwhile. */
    @Test
    void aCallbackThatInterruptsItsThreadDoesNotInterruptTheBodyBelowIt() {
        Runs.virtual(carrier, () -> {
            Asyncio.getRunningLoop().callSoon(() -> Thread.currentThread().interrupt());
            await(sleep(Duration.ZERO));
            noteFlag("after a yield");
            Asyncio.getRunningLoop().callSoon(() -> Thread.currentThread().interrupt());
            await(sleep(A_SECOND));
            noteFlag("after a sleep");
        });
        trace.is("after a yield: false", "after a sleep: false");
    }

    @Test
    void aCallbackThatInterruptsItsThreadDoesNotInterruptABodyThatStartsThere() {
        Runs.virtual(carrier, () -> {
            Asyncio.getRunningLoop().callSoon(() -> Thread.currentThread().interrupt());
            createTask(() -> noteFlag("A"));
            createTask(() -> noteFlag("B"));
            Asyncio.getRunningLoop().callSoon(() -> Thread.currentThread().interrupt());
            createTask(() -> noteFlag("C"));
            await(sleep(A_SECOND));
        });
        trace.is("A: false", "B: false", "C: false");
    }

    @Test
    void anIdleWaitOnRealTimeIsNotCutShortByABodysOwnFlag() {
        RunnerOptions real = RunnerOptions.DEFAULT.withCarrier(carrier).withInterruptHandler(false);
        Asyncio.run(
                () -> {
                    Thread.currentThread().interrupt();
                    for (int i = 0; i < 3; i++) {
                        await(sleep(Duration.ofMillis(1)));
                        noteFlag("round " + i);
                    }
                    assertTrue(Thread.interrupted());
                },
                real);
        trace.is("round 0: true", "round 1: true", "round 2: true");
    }

    @Test
    void aCallerThatWasInterruptedBeforeTheRunIsSoAfterwards() {
        boolean interrupted;
        Thread.currentThread().interrupt();
        try {
            Runs.virtual(carrier, () -> {
                noteFlag("main");
                await(sleep(A_SECOND));
                noteFlag("main, later");
            });
        } finally {
            interrupted = Thread.interrupted(); // or the tests after this one have it
        }
        trace.is("main: false", "main, later: false");
        assertTrue(interrupted, "the interrupt was the caller's");
    }

    @Test
    void theCallersThreadIsInterruptedWhenItWasInterruptedMeanwhile() {
        // A thread that mounts virtual threads loses its own flag with each of them: so the JVM has it.
        assumeTrue(carrier != Carrier.LOOP, "the JVM clears the flag of a thread that carries virtual ones");
        Thread caller = Thread.currentThread();
        Runs.virtual(carrier, () -> {
            caller.interrupt();
            await(sleep(A_SECOND));
            trace.add("went on");
        });
        trace.is("went on");
        assertTrue(Thread.interrupted(), "the interrupt was the caller's");
    }

    private void noteFlag(String who) {
        trace.add(who + ": " + Thread.currentThread().isInterrupted());
    }
}
