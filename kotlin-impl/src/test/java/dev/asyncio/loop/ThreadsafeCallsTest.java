package dev.asyncio.loop;

import static dev.asyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.asyncio.Asyncio;
import dev.asyncio.ContextVar;
import dev.asyncio.EventLoop;
import dev.asyncio.Future;
import dev.asyncio.RunnerOptions;
import dev.asyncio.support.Trace;
import dev.asyncio.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** {@code callSoonThreadsafe}: the way in from other threads, on real time. */
class ThreadsafeCallsTest {
    private static final RunnerOptions REAL_TIME = RunnerOptions.DEFAULT.withInterruptHandler(false);

    private final Trace trace = new Trace();

    @Test
    void itWakesALoopThatWaitsForNothing() {
        Asyncio.run(
                () -> {
                    EventLoop loop = Asyncio.getRunningLoop();
                    Future<String> answer = loop.createFuture();
                    Thread other = new Thread(() -> loop.callSoonThreadsafe(() -> answer.setResult("from outside")));
                    other.start();
                    assertEquals("from outside", await(answer));
                    other.join();
                },
                REAL_TIME);
    }

    @Test
    void itWakesALoopThatWaitsForATimer() {
        Asyncio.run(
                () -> {
                    EventLoop loop = Asyncio.getRunningLoop();
                    loop.callLater(Duration.ofDays(1), trace.adding("tomorrow"));
                    Future<String> answer = loop.createFuture();
                    Thread other = new Thread(() -> loop.callSoonThreadsafe(() -> answer.setResult("today")));
                    other.start();
                    trace.add(await(answer));
                    other.join();
                },
                REAL_TIME);
        trace.is("today");
    }

    @Test
    void callsOfOneThreadKeepTheirOrderAndRunOnTheLoop() throws Exception {
        int threads = 4;
        int calls = 5_000;
        EventLoop loop = Asyncio.newEventLoop();
        int[] next = new int[threads];
        int[] total = {0};
        List<Thread> callers = new ArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        for (int t = 0; t < threads; t++) {
            int me = t;
            Thread caller = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                for (int i = 0; i < calls; i++) {
                    int expected = i;
                    loop.callSoonThreadsafe(() -> {
                        assertSame(loop, Asyncio.getRunningLoop());
                        assertEquals(expected, next[me]++);
                        if (++total[0] == threads * calls) {
                            loop.stop();
                        }
                    });
                }
            });
            callers.add(caller);
            caller.start();
        }
        start.countDown();
        loop.runForever();
        for (Thread caller : callers) {
            caller.join();
        }
        loop.close();
        assertEquals(threads * calls, total[0]);
    }

    @Test
    void onTheLoopItselfItIsCallSoon() {
        try (VirtualTimeLoop loop = new VirtualTimeLoop()) {
            loop.callSoon(() -> {
                loop.callSoonThreadsafe(trace.adding("threadsafe"));
                loop.callSoon(trace.adding("soon"));
            });
            loop.runUntilIdle();
        }
        trace.is("threadsafe", "soon");
    }

    @Test
    void beforeTheRunItIsQueuedInOrderWithTheOtherCalls() {
        try (VirtualTimeLoop loop = new VirtualTimeLoop()) {
            loop.callSoon(trace.adding("soon"));
            loop.callSoonThreadsafe(trace.adding("threadsafe"));
            loop.callSoon(trace.adding("later"));
            loop.callSoonThreadsafe(trace.adding("threadsafe, before a task"));
            loop.createTask(() -> trace.add("task"));
            loop.runUntilIdle();
        }
        trace.is("soon", "threadsafe", "later", "threadsafe, before a task", "task");
    }

    @Test
    void whatAnotherThreadHasSentComesBeforeWhatIsQueuedAfterThat() {
        try (VirtualTimeLoop loop = new VirtualTimeLoop()) {
            loop.callSoon(() -> {
                callFromAnotherThread(loop, "first");
                loop.callSoon(trace.adding("soon"));
                callFromAnotherThread(loop, "second");
                loop.callSoonThreadsafe(trace.adding("threadsafe, on the loop"));
                Future<Void> done = loop.createFuture();
                done.addDoneCallback(future -> trace.add("done-callback"));
                callFromAnotherThread(loop, "third");
                done.setResult(null);
                callFromAnotherThread(loop, "fourth");
                done.addDoneCallback(future -> trace.add("done-callback of a done future"));
            });
            loop.runUntilIdle();
        }
        trace.is(
                "first",
                "soon",
                "second",
                "threadsafe, on the loop",
                "third",
                "done-callback",
                "fourth",
                "done-callback of a done future");
    }

    private void callFromAnotherThread(EventLoop loop, String event) {
        Thread other = new Thread(() -> loop.callSoonThreadsafe(trace.adding(event)));
        other.start();
        try {
            other.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void itCopiesTheContextOfTheCallingThread() throws Exception {
        ContextVar<String> variable = new ContextVar<>("variable", "default");
        try (VirtualTimeLoop loop = new VirtualTimeLoop()) {
            Thread other = new Thread(() -> {
                variable.set("the other thread's");
                loop.callSoonThreadsafe(() -> trace.add(variable.get()));
            });
            other.start();
            other.join();
            loop.callSoonThreadsafe(() -> trace.add(variable.get()));
            loop.runUntilIdle();
        }
        trace.is("the other thread's", "default");
    }

    @Test
    void stopReachesTheLoopFromOutsideThisWay() throws Exception {
        EventLoop loop = Asyncio.newEventLoop();
        Thread runner = new Thread(loop::runForever);
        runner.start();
        loop.callSoonThreadsafe(loop::stop);
        runner.join();
        loop.close();
    }
}
