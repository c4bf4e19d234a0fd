package dev.asyncio.stacks;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.AsyncIterator;
import dev.asyncio.AsyncIterators;
import dev.asyncio.Asyncio;
import dev.asyncio.Carrier;
import dev.asyncio.Task;
import dev.asyncio.TaskOptions;
import dev.asyncio.support.AsyncioLog;
import dev.asyncio.support.Threads;
import dev.asyncio.support.Trace;
import dev.asyncio.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that still wait when a loop is closed are unwound, so that no thread and no resource of theirs stays behind. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Jdk#carriers")
class ClosedLoopOnEveryCarrierTest {
    private static final Duration A_DAY = Duration.ofDays(1);

    private final VirtualTimeLoop loop;
    private final Trace trace = new Trace();

    ClosedLoopOnEveryCarrierTest(Carrier carrier) {
        loop = new VirtualTimeLoop(carrier);
    }

    @Test
    void theirFinallyBlocksRunAndTheirThreadsEnd() {
        for (String name : List.of("A", "B")) {
            loop.createTask(
                    () -> {
                        try {
                            await(sleep(A_DAY));
                        } finally {
                            trace.add("finally of " + name);
                        }
                    },
                    name);
        }
        runForAMoment();
        loop.close();
        trace.is("finally of A", "finally of B");
        assertNoThreads();
        AsyncioLog.expect("Task was destroyed but it is pending!");
        AsyncioLog.expect("Task was destroyed but it is pending!");
    }

    /** A body that ends leaves its stack driving the loop; the next body starts right on top of that. */
    @Test
    void aBodyOnTheStackThatDrivesIsUnwoundLikeAnyOther() {
        loop.createTask(() -> trace.add("first body ends"));
        Task<Void> waits = loop.createTask(() -> {
            try {
                await(sleep(A_DAY));
            } finally {
                trace.add("finally");
            }
        });
        loop.callLater(A_DAY, trace.adding("timer"));
        runForAMoment();
        loop.callSoon(trace.adding("callback"));
        loop.close();
        trace.is("first body ends", "finally");
        assertFalse(waits.done());
        assertNoThreads();
        AsyncioLog.expect("Task was destroyed but it is pending!");
    }

    @Test
    void noCatchBlockTakesTheUnwindingForAnException() {
        Task<Void> task = loop.createTask(() -> {
            while (true) {
                try {
                    await(sleep(A_DAY));
                } catch (Exception e) {
                    trace.add(e);
                }
            }
        });
        runForAMoment();
        loop.close();
        trace.is();
        assertFalse(task.done(), "a body that is unwound makes no outcome");
        assertNoThreads();
        AsyncioLog.expect("Task was destroyed but it is pending!");
    }

    @Test
    void anAwaitInAFinallyBlockCannotWaitAnyMore() {
        loop.createTask(() -> {
            try {
                await(sleep(A_DAY));
            } finally {
                try {
                    await(sleep(A_DAY));
                    trace.add("not reached");
                } finally {
                    trace.add("inner finally");
                }
            }
        });
        runForAMoment();
        loop.close();
        trace.is("inner finally");
        assertNoThreads();
        AsyncioLog.expect("Task was destroyed but it is pending!");
    }

    @Test
    void aBodyThatCatchesEverythingIsStillUnwound() {
        loop.createTask(() -> {
            for (int i = 0; i < 3; i++) {
                try {
                    await(sleep(A_DAY));
                } catch (Throwable e) {
                    trace.add(e.getMessage());
                }
            }
            trace.add("end");
        });
        runForAMoment();
        loop.close();
        String closed = "Event loop is closed: this body will not be resumed";
        trace.is(closed, closed, closed, "end");
        assertNoThreads();
        AsyncioLog.expect("Task was destroyed but it is pending!");
    }

    @Test
    void aGeneratorThatCatchesEverythingIsRefusedInEachOfItsEmits() {
        AsyncIterator<Integer> iterator = AsyncIterators.generate(emitter -> {
            for (int i = 0; i < 3; i++) {
                try {
                    emitter.emit(i);
                } catch (Throwable e) {
                    trace.add(e.getMessage());
                }
            }
        });
        loop.runUntilComplete(iterator.advance());
        loop.close();
        String closed = "Event loop is closed: this body will not be resumed";
        trace.is(closed, closed, closed);
        assertNoThreads();
    }

    @Test
    void anExceptionOfAFinallyBlockIsNotLost() {
        loop.createTask(() -> {
            try {
                await(sleep(A_DAY));
            } finally {
                failToCleanUp();
            }
        });
        runForAMoment();
        loop.close();
        assertNoThreads();
        int records = AsyncioLog.size();
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < records; i++) {
            log.append(AsyncioLog.expect("").getThrown()).append('\n');
        }
        assertTrue(log.toString().contains("in finally"), log::toString);
    }

    private static void failToCleanUp() {
        throw new IllegalStateException("in finally");
    }

    @Test
    void bodiesThatWaitForOneAnotherAreUnwoundToo() {
        Task<Void> inner = loop.createTask(() -> {
            try {
                await(sleep(A_DAY));
            } finally {
                trace.add("inner");
            }
        });
        loop.createTask(() -> {
            try {
                await(inner);
            } finally {
                trace.add("outer");
            }
        });
        runForAMoment();
        loop.close();
        trace.is("inner", "outer");
        assertNoThreads();
        AsyncioLog.expect("Task was destroyed but it is pending!");
        AsyncioLog.expect("Task was destroyed but it is pending!");
    }

    @Test
    void eagerBodiesAreUnwoundToo() {
        loop.createTask(() -> {
            Task<Void> eager = Asyncio.createTask(
                    () -> {
                        try {
                            await(sleep(A_DAY));
                        } finally {
                            trace.add("eager");
                        }
                    },
                    TaskOptions.DEFAULT.withEagerStart(true));
            try {
                await(eager);
            } finally {
                trace.add("creator");
            }
        });
        runForAMoment();
        loop.close();
        assertEquals(2, trace.events().size());
        assertTrue(trace.events().containsAll(List.of("eager", "creator")), trace::toString);
        assertNoThreads();
        AsyncioLog.expect("Task was destroyed but it is pending!");
        AsyncioLog.expect("Task was destroyed but it is pending!");
    }

    @Test
    void aTaskThatNeverStartedLeavesNothing() {
        loop.createTask(() -> trace.add("never"));
        loop.close();
        trace.is();
        AsyncioLog.expect("Task was destroyed but it is pending!");
    }

    /** One iteration and a second more: everybody waits for tomorrow then. */
    private void runForAMoment() {
        loop.runUntilComplete(sleep(Duration.ofSeconds(1)));
    }

    private static void assertNoThreads() {
        assertEquals(List.of(), Threads.ofTheSdk());
        assertEquals(List.of(), Threads.virtualOfTheSdk());
    }
}
