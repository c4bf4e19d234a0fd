package dev.asyncio.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Context;
import dev.asyncio.ContextVar;
import dev.asyncio.Handle;
import dev.asyncio.TimerHandle;
import dev.asyncio.support.Trace;
import dev.asyncio.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One iteration of a loop: what runs in it, and in which order. */
class CallbackOrderTest {
    private final VirtualTimeLoop loop = new VirtualTimeLoop();
    private final Trace trace = new Trace();

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void callbacksRunFirstComeFirstServedAndNeverWithinTheCall() {
        loop.callSoon(trace.adding("a"));
        loop.callSoon(trace.adding("b"));
        trace.add("scheduled");
        loop.callSoon(trace.adding("c"));
        loop.runUntilIdle();
        trace.is("scheduled", "a", "b", "c");
    }

    @Test
    void anIterationRunsWhatWasReadyAtItsStart() {
        loop.callSoon(() -> {
            trace.add("first iteration");
            loop.callSoon(() -> {
                trace.add("second iteration");
                loop.callSoon(trace.adding("third iteration"));
            });
        });
        loop.callSoon(trace.adding("first iteration, too"));
        loop.runUntilIdle();
        trace.is("first iteration", "first iteration, too", "second iteration", "third iteration");
    }

    @Test
    void timersThatAreDueComeBehindWhatIsReady() {
        loop.callLater(Duration.ZERO, trace.adding("timer"));
        loop.callSoon(trace.adding("callback"));
        loop.runUntilIdle();
        trace.is("callback", "timer");
    }

    @Test
    void aNegativeDelayFiresInTheNextIteration() {
        loop.callSoon(() -> {
            loop.callLater(seconds(-5), trace.adding("timer"));
            loop.callAt(seconds(-5), trace.adding("timer at"));
            loop.callSoon(trace.adding("callback"));
            trace.add("scheduled");
        });
        loop.runUntilIdle();
        trace.is("scheduled", "callback", "timer", "timer at");
        assertEquals(Duration.ZERO, loop.time());
    }

    @Test
    void timersRunByDeadlineAndThenInOrderOfCreation() {
        loop.callLater(seconds(2), trace.adding("2"));
        loop.callLater(seconds(1), trace.adding("1, first"));
        loop.callAt(seconds(1), trace.adding("1, second"));
        loop.callAt(Duration.ofMillis(500), trace.adding("0.5"));
        loop.runUntilIdle();
        trace.is("0.5", "1, first", "1, second", "2");
    }

    @Test
    void manyTimersAreSorted() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            int millis = (i * 7919) % 1000;
            loop.callLater(Duration.ofMillis(millis), () -> order.add(millis));
        }
        loop.runUntilIdle();
        for (int i = 0; i < 1000; i++) {
            assertEquals(i, order.get(i));
        }
    }

    @Test
    void aTimerTellsItsDeadline() {
        loop.advance(seconds(5));
        assertEquals(seconds(7), loop.callLater(seconds(2), () -> {}).when());
        assertEquals(seconds(3), loop.callAt(seconds(3), () -> {}).when());
    }

    @Test
    void aCancelledCallbackIsSkipped() {
        Handle cancelled = loop.callSoon(trace.adding("cancelled"));
        loop.callSoon(trace.adding("runs"));
        assertFalse(cancelled.cancelled());
        cancelled.cancel();
        cancelled.cancel();
        assertTrue(cancelled.cancelled());
        loop.runUntilIdle();
        trace.is("runs");
    }

    @Test
    void aCallbackMayCancelALaterOneOfItsIteration() {
        Handle[] second = new Handle[1];
        loop.callSoon(() -> second[0].cancel());
        second[0] = loop.callSoon(trace.adding("second"));
        loop.callSoon(trace.adding("third"));
        loop.runUntilIdle();
        trace.is("third");
    }

    @Test
    void cancellingAfterTheRunIsHarmless() {
        Handle handle = loop.callSoon(trace.adding("ran"));
        loop.runUntilIdle();
        handle.cancel();
        assertTrue(handle.cancelled());
        trace.is("ran");
    }

    @Test
    void aCancelledTimerDoesNotHoldUpTheClock() {
        TimerHandle timer = loop.callLater(Duration.ofDays(1), trace.adding("never"));
        loop.callLater(seconds(1), trace.adding("first"));
        timer.cancel();
        loop.runUntilIdle();
        trace.is("first");
        assertEquals(seconds(1), loop.time());
    }

    @Test
    void aMillionCancelledTimersLeaveRoomForTheOthers() {
        loop.callLater(seconds(3), trace.adding("kept"));
        for (int i = 0; i < 1_000_000; i++) {
            loop.callLater(seconds(10 + i), trace.adding("never")).cancel();
        }
        loop.runUntilIdle();
        trace.is("kept");
        assertEquals(seconds(3), loop.time());
    }

    @Test
    void aCallbackThatKeepsCallingItselfDoesNotStarveTimers() {
        int[] rounds = {0};
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            if (++rounds[0] < 10) {
                loop.advance(seconds(1));
                loop.callSoon(again[0]);
            }
        };
        loop.callSoon(again[0]);
        loop.callLater(seconds(3), () -> trace.add("timer in round " + rounds[0]));
        loop.runUntilIdle();
        trace.is("timer in round 4");
    }

    @Test
    void aContextThatIsGivenRunsTheCallbackAsItIs() {
        ContextVar<String> variable = new ContextVar<>("variable", "default");
        Context context = Context.copyContext();
        loop.callSoon(() -> variable.set("set by the first"), context);
        loop.callSoon(() -> trace.add(variable.get()), context);
        loop.callSoon(() -> trace.add(variable.get()));
        loop.runUntilIdle();
        trace.is("set by the first", "default");
    }

    @Test
    void aMissingCallbackOrDelayIsRefusedAtOnce() {
        assertThrows(NullPointerException.class, () -> loop.callSoon(null));
        assertThrows(NullPointerException.class, () -> loop.callSoonThreadsafe(null));
        assertThrows(NullPointerException.class, () -> loop.callLater(null, () -> {}));
        assertThrows(NullPointerException.class, () -> loop.callAt(null, () -> {}));
        assertThrows(NullPointerException.class, () -> loop.callLater(seconds(1), null));
        loop.runUntilIdle();
    }

    @Test
    void aDelayLongerThanTheClockCanCountIsForEver() {
        loop.callLater(Duration.ofSeconds(Long.MAX_VALUE), trace.adding("never"))
                .cancel();
        TimerHandle later = loop.callLater(Duration.ofSeconds(Long.MAX_VALUE), trace.adding("at the end of time"));
        loop.callLater(seconds(1), later::cancel);
        loop.runUntilIdle();
        trace.is();
    }

    @Test
    void handlesTellWhatTheyAre() {
        Handle handle = loop.callSoon(new Named());
        assertEquals("<Handle a callback>", handle.toString());
        handle.cancel();
        assertEquals("<Handle cancelled>", handle.toString());
        TimerHandle timer = loop.callAt(seconds(3), new Named());
        assertEquals("<TimerHandle a callback when=PT3S>", timer.toString());
    }

    private static final class Named implements Runnable {
        @Override
        public void run() {}

        @Override
        public String toString() {
            return "a callback";
        }
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
