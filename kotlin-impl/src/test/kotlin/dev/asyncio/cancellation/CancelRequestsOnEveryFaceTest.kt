package dev.asyncio.cancellation

import dev.asyncio.Asyncio
import dev.asyncio.support.Face
import dev.asyncio.support.Oops
import dev.asyncio.support.Trace
import dev.asyncio.support.describe
import dev.asyncio.support.isCancellation
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource

/** Several requests to cancel a task, those of its own, and those that are taken back. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class CancelRequestsOnEveryFaceTest(private val face: Face) {
    private val trace = Trace()

    // ---- several requests

    @Test
    fun severalRequestsBeforeTheTaskRunsAgainAreDeliveredOnce() = face.run {
        val task = createTask {
            try {
                sleep(100)
            } catch (e: Throwable) {
                trace.add(describe(e))
            }
            sleep(1)
            trace.add("went on until $now")
        }
        yieldOnce()
        task.cancel("first")
        task.cancel("second")
        task.cancel("third")
        assertEquals(3, task.cancelling())
        await(task)
        trace.`is`("CancelledError: first", "went on until 1")
    }

    @Test
    fun theLastMessageCountsForATaskThatIsOnlyQueued() = face.run {
        val task = createTask { trace.add("never") }
        task.cancel("first")
        task.cancel("second")
        assertEquals("CancelledError: second", outcomeOf(task))
    }

    @Test
    fun aTaskThatCatchesTheCancellationIsNotCancelledAgain() = face.run {
        val task = createTask {
            for (i in 1..3) {
                try {
                    sleep(100)
                } catch (e: Throwable) {
                    if (!isCancellation(e)) throw e
                    trace.add("caught $i at $now")
                }
            }
            trace.add("end at $now")
            "survived"
        }
        sleep(1)
        task.cancel()
        sleep(1)
        task.cancel()
        assertEquals("survived", await(task))
        trace.`is`("caught 1 at 1", "caught 2 at 2", "end at 102")
    }

    @Test
    fun awaitsInFinallyBlocksWorkAfterACancellation() = face.run {
        val task = createTask {
            try {
                sleep(100)
            } finally {
                sleep(3)
                val helper = createTask { "help" }
                trace.add("${await(helper)} at $now")
            }
        }
        sleep(1)
        task.cancel()
        assertEquals("CancelledError", outcomeOf(task))
        trace.`is`("help at 4")
    }

    @Test
    fun aCancellationDuringCleanUpInterruptsTheCleanUp() = face.run {
        val task = createTask {
            try {
                sleep(100)
            } finally {
                try {
                    sleep(100)
                } finally {
                    trace.add("clean-up interrupted at $now")
                }
            }
        }
        sleep(1)
        task.cancel("first")
        sleep(1)
        task.cancel("second")
        assertEquals("CancelledError: second", outcomeOf(task))
        trace.`is`("clean-up interrupted at 2")
    }

    // ---- a task that cancels itself

    @Test
    fun aTaskThatCancelsItselfGoesOnUntilItsNextSuspendingAwait() = face.run {
        val done = createFuture<Int>().apply { setResult(7) }
        val task = createTask {
            Asyncio.currentTask()!!.cancel("myself")
            trace.add("still running")
            trace.add(await(done))
            try {
                sleep(100)
            } catch (e: Throwable) {
                trace.add(describe(e))
                throw e
            }
        }
        assertEquals("CancelledError: myself", outcomeOf(task))
        assertEquals(0, now)
        trace.`is`("still running", 7, "CancelledError: myself")
    }

    @Test
    fun theFutureThatASelfCancelledTaskAwaitsIsCancelledAtOnce() = face.run {
        val future = createFuture<Int>()
        val task = createTask {
            Asyncio.currentTask()!!.cancel()
            await(future)
        }
        yieldOnce()
        assertTrue(future.cancelled())
        assertFalse(task.done())
        assertEquals("CancelledError", outcomeOf(task))
    }

    @Test
    fun aSelfCancelledTaskThatReturnsWithoutSuspendingIsCancelledAndLosesItsResult() = face.run {
        val task = createTask {
            Asyncio.currentTask()!!.cancel("gone")
            "result"
        }
        assertEquals("CancelledError: gone", outcomeOf(task))
        assertEquals("CancelledError: gone", outcomeOf(task), "every consumer gets the message here")
    }

    @Test
    fun aSelfCancelledTaskThatThrowsEndsWithWhatItThrew() = face.run {
        val task = createTask<Int> {
            Asyncio.currentTask()!!.cancel()
            throw Oops("stronger")
        }
        assertEquals("Oops: stronger", outcomeOf(task))
        assertFalse(task.cancelled())
    }

    // ---- the count

    @Test
    fun uncancelTakesRequestsBackAndNeverGoesBelowZero() = face.run {
        val task = createTask { sleep(1) }
        task.cancel()
        task.cancel()
        assertEquals(1, task.uncancel())
        assertEquals(0, task.uncancel())
        assertEquals(0, task.uncancel())
        assertEquals("result null", outcomeOf(task), "the request was withdrawn before it was thrown")
    }

    @Test
    fun uncancelToZeroWithdrawsWhatWasNotDelivered() = face.run {
        val task = createTask {
            val me = Asyncio.currentTask()!!
            me.cancel()
            me.uncancel()
            sleep(1)
            "not cancelled"
        }
        assertEquals("not cancelled", await(task))
    }

    @Test
    fun uncancelDoesNotReviveTheFutureThatWasCancelled() = face.run {
        val task = createTask { sleep(100) }
        yieldOnce()
        task.cancel("on its way")
        assertEquals(0, task.uncancel())
        assertEquals("CancelledError: on its way", outcomeOf(task))
        assertEquals(0, task.cancelling())
    }

    @Test
    fun cancellingTheAwaitedFutureIsNoRequestToTheTask() = face.run {
        val future = createFuture<Int>()
        val task = createTask { await(future) }
        yieldOnce()
        future.cancel("the future")
        assertEquals("CancelledError: the future", outcomeOf(task))
        assertTrue(task.cancelled())
        assertEquals(0, task.cancelling())
    }
}
