package dev.asyncio.futures;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.CancelledError;
import dev.asyncio.Context;
import dev.asyncio.ContextVar;
import dev.asyncio.Future;
import dev.asyncio.InvalidStateException;
import dev.asyncio.Task;
import dev.asyncio.support.Trace;
import dev.asyncio.testing.VirtualTimeLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The states of a future, and its done-callbacks. */
class FutureTest {
    private final VirtualTimeLoop loop = new VirtualTimeLoop();
    private final Trace trace = new Trace();
    private final Future<String> future = loop.createFuture();

    @AfterEach
    void close() {
        loop.close();
    }

    // ---- states

    @Test
    void aPendingFutureHasNothingToShow() {
        assertFalse(future.done());
        assertFalse(future.cancelled());
        assertThrows(InvalidStateException.class, future::result);
        assertThrows(InvalidStateException.class, future::exception);
        assertSame(loop, future.getLoop());
    }

    @Test
    void aResultIsForEver() {
        future.setResult("value");
        assertTrue(future.done());
        assertEquals("value", future.result());
        assertNull(future.exception());
        assertThrows(InvalidStateException.class, () -> future.setResult("another"));
        assertThrows(InvalidStateException.class, () -> future.setException(new RuntimeException()));
        assertFalse(future.cancel());
        assertEquals("value", future.result());
    }

    @Test
    void aResultMayBeNull() {
        future.setResult(null);
        assertNull(future.result());
    }

    @Test
    void anExceptionIsTheVerySameObjectEachTime() {
        IOException error = new IOException("checked");
        StackTraceElement[] trace = error.getStackTrace();
        future.setException(error);
        assertTrue(future.done());
        assertFalse(future.cancelled());
        assertSame(error, future.exception());
        assertSame(error, assertThrows(IOException.class, () -> future.result(IOException.class)));
        assertSame(error, assertThrows(IOException.class, future::result));
        assertEquals(trace.length, error.getStackTrace().length, "it does not grow");
        assertFalse(future.cancel());
    }

    @Test
    void cancelTakesEffectAtOnce() {
        assertTrue(future.cancel("why"));
        assertTrue(future.cancelled());
        assertTrue(future.done());
        assertFalse(future.cancel());
        assertThrows(InvalidStateException.class, () -> future.setResult("late"));
        CancelledError first = assertThrows(CancelledError.class, future::result);
        assertEquals("why", first.getMessage());
        CancelledError second = assertThrows(CancelledError.class, future::exception);
        assertEquals("why", second.getMessage());
        assertNotSame(first, second);
    }

    @Test
    void aCancellationNeedsNoMessage() {
        future.cancel();
        assertNull(assertThrows(CancelledError.class, future::result).getMessage());
    }

    @Test
    void anExceptionIsNeeded() {
        assertThrows(NullPointerException.class, () -> future.setException(null));
        assertFalse(future.done());
    }

    @Test
    void theOutcomeOfATaskIsItsBodysOwnAffair() {
        Task<String> task = loop.createTask(() -> "body");
        assertThrows(IllegalStateException.class, () -> task.setResult("not so"));
        assertThrows(IllegalStateException.class, () -> task.setException(new RuntimeException()));
        assertEquals("body", loop.runUntilComplete(task));
    }

    // ---- done-callbacks

    @Test
    void callbacksRunInTheNextIterationInOrderOfRegistration() {
        future.addDoneCallback(done -> trace.add("first " + done.result()));
        future.addDoneCallback(done -> trace.add("second"));
        loop.callSoon(() -> {
            loop.callSoon(trace.adding("scheduled before"));
            future.setResult("value");
            loop.callSoon(trace.adding("scheduled after"));
            trace.add("set");
        });
        loop.runUntilIdle();
        trace.is("set", "scheduled before", "first value", "second", "scheduled after");
    }

    @Test
    void aCallbackIsGivenTheFutureItself() {
        future.addDoneCallback(done -> assertSame(future, done));
        future.addDoneCallback(done -> trace.add("called"));
        future.setResult("value");
        loop.runUntilIdle();
        trace.is("called");
    }

    @Test
    void aCallbackOnAFutureThatIsDoneIsScheduledAtOnce() {
        future.setResult("value");
        future.addDoneCallback(done -> trace.add("callback"));
        trace.add("added");
        loop.runUntilIdle();
        trace.is("added", "callback");
    }

    @Test
    void callbacksRunForExceptionsAndCancellationsToo() {
        Future<String> failed = loop.createFuture();
        Future<String> cancelled = loop.createFuture();
        failed.addDoneCallback(done -> trace.add(done.exception().getMessage()));
        cancelled.addDoneCallback(done -> trace.add(done.cancelled()));
        failed.setException(new RuntimeException("failed"));
        cancelled.cancel();
        loop.runUntilIdle();
        trace.is("failed", true);
    }

    @Test
    void theSameCallbackAddedTwiceRunsTwice() {
        Consumer<Future<String>> callback = done -> trace.add("called");
        future.addDoneCallback(callback);
        future.addDoneCallback(callback);
        future.setResult("value");
        loop.runUntilIdle();
        trace.is("called", "called");
    }

    @Test
    void removingTakesAllEntriesOfThatVeryObjectAndCountsThem() {
        Consumer<Future<String>> callback = done -> trace.add("removed");
        future.addDoneCallback(callback);
        future.addDoneCallback(done -> trace.add("stays"));
        future.addDoneCallback(callback);
        assertEquals(2, future.removeDoneCallback(callback));
        assertEquals(0, future.removeDoneCallback(callback));
        assertEquals(0, future.removeDoneCallback(done -> trace.add("stays")), "another object");
        future.setResult("value");
        loop.runUntilIdle();
        trace.is("stays");
    }

    @Test
    void removingTheOnlyCallback() {
        Consumer<Future<String>> callback = done -> trace.add("removed");
        future.addDoneCallback(callback);
        assertEquals(1, future.removeDoneCallback(callback));
        future.setResult("value");
        loop.runUntilIdle();
        trace.is();
    }

    @Test
    void removingAfterCompletionIsTooLate() {
        Consumer<Future<String>> callback = done -> trace.add("called");
        future.addDoneCallback(callback);
        future.setResult("value");
        assertEquals(0, future.removeDoneCallback(callback));
        loop.runUntilIdle();
        trace.is("called");
    }

    @Test
    void aCallbackAddedByACallbackRunsInTheFollowingIteration() {
        future.addDoneCallback(done -> {
            trace.add("outer");
            done.addDoneCallback(again -> trace.add("inner"));
            loop.callSoon(trace.adding("next iteration"));
        });
        future.setResult("value");
        loop.runUntilIdle();
        trace.is("outer", "inner", "next iteration");
    }

    @Test
    void waitersAndCallbacksShareOneOrder() {
        future.addDoneCallback(done -> trace.add("callback 1"));
        loop.createTask(() -> {
            await(future);
            trace.add("waiter");
        });
        loop.callSoon(() -> future.addDoneCallback(done -> trace.add("callback 2")));
        loop.callLater(Duration.ofSeconds(1), () -> future.setResult("value"));
        loop.runUntilIdle();
        trace.is("callback 1", "waiter", "callback 2");
    }

    @Test
    void aCallbackRunsInTheContextThatItWasGiven() {
        ContextVar<String> variable = new ContextVar<>("variable", "default");
        Context context = Context.copyContext();
        context.run(() -> variable.set("given"));
        future.addDoneCallback(done -> trace.add(variable.get()), context);
        future.addDoneCallback(done -> trace.add(variable.get()));
        future.setResult("value");
        loop.runUntilIdle();
        trace.is("given", "default");
    }

    // ---- awaiting

    @Test
    void awaitingAFutureThatIsDoneDoesNotYield() {
        future.setResult("value");
        loop.runUntilComplete(() -> {
            loop.callSoon(trace.adding("next iteration"));
            trace.add(await(future));
            trace.add(await(future));
            trace.is("value", "value");
        });
    }

    @Test
    void awaitingAPendingFutureResumesAnIterationAfterItsCompletion() {
        loop.createTask(() -> {
            trace.add(await(future));
        });
        loop.callLater(Duration.ofSeconds(1), () -> {
            future.setResult("value");
            loop.callSoon(trace.adding("after"));
            trace.add("set");
        });
        loop.runUntilIdle();
        trace.is("set", "value", "after");
    }

    @Test
    void awaitingAgainThrowsAgain() {
        IOException error = new IOException("each time");
        future.setException(error);
        loop.runUntilComplete(() -> {
            for (int i = 0; i < 2; i++) {
                assertSame(error, assertThrows(IOException.class, () -> await(future, IOException.class)));
            }
            await(sleep(Duration.ZERO));
        });
    }

    // ---- for reading

    @Test
    void aFutureTellsItsState() {
        assertEquals("<Future pending>", future.toString());
        future.addDoneCallback(done -> {});
        assertEquals("<Future pending callbacks=1>", future.toString());
        future.addDoneCallback(done -> {});
        assertEquals("<Future pending callbacks=2>", future.toString());
        future.setResult("value");
        assertEquals("<Future finished result='value'>", future.toString());
        Future<Object> failed = loop.createFuture();
        failed.setException(new IOException("secret"));
        assertEquals("<Future finished exception=IOException>", failed.toString());
        assertTrue(failed.exception() instanceof IOException);
        Future<Object> cancelled = loop.createFuture();
        cancelled.cancel();
        assertEquals("<Future cancelled>", cancelled.toString());
    }

    @Test
    void aFutureThatHoldsItselfCanStillBeShown() {
        Future<Object> itself = loop.createFuture();
        itself.setResult(itself);
        assertTrue(itself.toString().startsWith("<Future finished result="), itself::toString);
        Future<String> longOne = loop.createFuture();
        longOne.setResult("x".repeat(1000));
        assertTrue(longOne.toString().length() < 100, longOne::toString);
    }
}
