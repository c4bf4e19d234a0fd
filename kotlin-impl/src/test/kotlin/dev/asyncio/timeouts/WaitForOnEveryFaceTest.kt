package dev.asyncio.timeouts

import dev.asyncio.Asyncio
import dev.asyncio.CancelledError
import dev.asyncio.Coroutine
import dev.asyncio.TimeoutException
import dev.asyncio.support.Face
import dev.asyncio.support.Oops
import dev.asyncio.support.Trace
import dev.asyncio.support.describe
import dev.asyncio.support.isCancellation
import dev.asyncio.support.s
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource
import java.util.concurrent.CancellationException

/** `waitFor`: one awaitable under a deadline. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class WaitForOnEveryFaceTest(private val face: Face) {
    private val trace = Trace()

    @Test
    fun aResultInTimeIsReturned() = face.run {
        assertEquals(7, await(Asyncio.waitFor(coroutine { 7.also { sleep(1) } }, 2.s)))
        assertEquals(7, await(Asyncio.waitFor(coroutine { 7.also { sleep(100) } }, null)))
    }

    @Test
    fun aCoroutineRunsInsideOfTheCallingTaskAndCostsNoIteration() = face.run {
        loop.callSoon(trace.adding("next iteration"))
        val me = Asyncio.currentTask()
        await(Asyncio.waitFor(coroutine { assertSame(me, Asyncio.currentTask()) }, 2.s))
        trace.`is`()
    }

    @Test
    fun onExpiryTheAwaitableIsCancelledAndWaitedForHoweverLongThatTakes() = face.run {
        val stubborn = createTask {
            try {
                sleep(100)
            } finally {
                trace.add("cancelled at $now")
                sleep(10)
            }
        }
        try {
            await(Asyncio.waitFor(stubborn, 2.s))
        } catch (e: TimeoutException) {
            trace.add("TimeoutException at $now")
            assertTrue(isCancellation(e.cause!!))
        }
        assertTrue(stubborn.cancelled())
        trace.`is`("cancelled at 2", "TimeoutException at 12")
    }

    @Test
    fun anAwaitableThatSwallowsTheCancellationGivesItsResult() = face.run {
        val refuses = coroutine {
            try {
                sleep(100)
                "slept"
            } catch (_: Throwable) {
                "refused"
            }
        }
        assertEquals("refused", await(Asyncio.waitFor(refuses, 1.s)))
        assertEquals("refused", await(Asyncio.waitFor(createTask { await(refuses) }, 1.s)))
    }

    @Test
    fun anExceptionWhileBeingCancelledIsTheOutcome() = face.run {
        val fails = coroutine {
            try {
                sleep(100)
            } finally {
                throw Oops("instead")
            }
        }
        assertEquals("Oops: instead", outcomeOf(Asyncio.waitFor(fails, 1.s)))
    }

    @Test
    fun noTimeAtAllNeverStartsACoroutine() = face.run {
        assertEquals("TimeoutException", outcomeOf(Asyncio.waitFor(coroutine { trace.add("body") }, 0.s)))
        assertEquals("TimeoutException", outcomeOf(Asyncio.waitFor(coroutine { trace.add("body") }, (-1).s)))
        trace.`is`()
    }

    @Test
    fun noTimeAtAllIsEnoughForWhatIsDone() = face.run {
        assertEquals(7, await(Asyncio.waitFor(createFuture<Int>().apply { setResult(7) }, 0.s)))
        val failed = createFuture<Int>().apply { setException(Oops("failed before")) }
        assertEquals("Oops: failed before", outcomeOf(Asyncio.waitFor(failed, 0.s)))
    }

    @Test
    fun noTimeAtAllStillTakesTheAnswerToTheCancellation() = face.run {
        val task = createTask {
            try {
                sleep(100)
                "slept"
            } catch (_: Throwable) {
                "answered"
            }
        }
        yieldOnce()
        assertEquals("answered", await(Asyncio.waitFor(task, 0.s)))
    }

    /** One that Java code throws is an exception like any other: nobody has cancelled the caller. */
    @Test
    fun noTimeAtAllKeepsACancellationExceptionAFailure() = face.run(usesJava = true) {
        val gone = CancellationException("gone")
        val task = Asyncio.createTask(
            Coroutine<Int> {
                try {
                    Asyncio.await(Asyncio.sleep(100.s, 7))
                } catch (_: CancelledError) {
                    throw gone
                }
            },
        )
        yieldOnce()
        val caller = createTask { await(Asyncio.waitFor(task, 0.s)) }
        assertEquals("CancelledError: gone", outcomeOf(caller))
        assertFalse(caller.cancelled())
        assertSame(gone, caller.exception())
    }

    @Test
    fun cancellingTheCallerCancelsTheAwaitableAndIsNoTimeout() = face.run {
        val inner = createTask { sleep(100) }
        val caller = createTask { await(Asyncio.waitFor(inner, 50.s)) }
        sleep(1)
        caller.cancel("outside")
        assertEquals("CancelledError: outside", outcomeOf(caller))
        assertTrue(inner.cancelled())
    }

    /** The value arrives, and the caller is cancelled before it runs again. */
    @Test
    fun aCallerCancelledTogetherWithTheResultIsCancelledAndTheResultStays() = face.run {
        val future = createFuture<Int>()
        val caller = createTask { await(Asyncio.waitFor(future, 50.s)) }
        yieldOnce()
        future.setResult(7)
        caller.cancel()
        assertEquals("CancelledError", outcomeOf(caller))
        assertEquals(7, future.result())
    }

    /** The value arrives by a timer of the same time that was made before the deadline: the timeout wins all the same. */
    @Test
    fun aResultThatComesWithTheDeadlineIsTooLate() = face.run {
        val future = createFuture<Int>()
        loop.callLater(2.s) { future.setResult(7) }
        assertEquals("TimeoutException", outcomeOf(Asyncio.waitFor(future, 2.s)))
        assertEquals(7, future.result())
    }

    @Test
    fun aShieldKeepsTheAwaitableFromBeingCancelled() = face.run {
        val inner = createTask { "later".also { sleep(5) } }
        assertEquals("TimeoutException", outcomeOf(Asyncio.waitFor(Asyncio.shield(inner), 1.s)))
        assertFalse(inner.done())
        assertEquals("later", await(inner))
    }

    @Test
    fun deadlinesNest() = face.run {
        val inner = Asyncio.waitFor(coroutine { sleep(100) }, 1.s)
        val outer = Asyncio.waitFor(
            coroutine {
                trace.add(outcomeOf(inner))
                sleep(100)
            },
            3.s,
        )
        trace.add(outcomeOf(outer))
        assertEquals(3, now)
        trace.`is`("TimeoutException", "TimeoutException")
    }

    @Test
    fun theTimeoutsMessageIsNotTheCancellations() = face.run {
        try {
            await(Asyncio.waitFor(coroutine { sleep(100) }, 1.s))
        } catch (e: TimeoutException) {
            trace.add(describe(e))
        }
        trace.`is`("TimeoutException")
    }
}
