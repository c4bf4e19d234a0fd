package dev.asyncio.cancellation

import dev.asyncio.Asyncio
import dev.asyncio.Task
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

/** When and where a cancellation arrives, and what a task can make of it. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class CancellationOnEveryFaceTest(private val face: Face) {
    private val trace = Trace()

    // ---- delivery

    @Test
    fun cancelIsARequestAndTheTaskEndsLater() = face.run {
        val task = createTask { sleep(100) }
        yieldOnce()
        assertTrue(task.cancel())
        assertFalse(task.done())
        assertFalse(task.cancelled())
        assertEquals(1, task.cancelling())
        assertEquals("CancelledError", outcomeOf(task))
        assertTrue(task.cancelled())
        assertEquals(0, now)
    }

    @Test
    fun aTaskThatIsDoneCannotBeCancelled() = face.run {
        val task = createTask { 7 }
        await(task)
        assertFalse(task.cancel())
        assertEquals(0, task.cancelling())
        assertEquals(7, task.result())
    }

    @Test
    fun aTaskCancelledBeforeItsFirstStepNeverRuns() = face.run {
        val task = createTask { trace.add("body") }
        task.cancel("too early")
        assertEquals("CancelledError: too early", outcomeOf(task))
        trace.`is`()
    }

    @Test
    fun theCancellationIsThrownInTheNextIterationAndTheWaitersResumeOneLater() = face.run {
        val task = createTask {
            try {
                sleep(100)
            } finally {
                trace.add("thrown")
            }
        }
        val waiter = createTask {
            outcomeOf(task)
            trace.add("waiter")
        }
        yieldTimes(2)
        task.cancel()
        trace.add("cancelled")
        loop.callSoon(trace.adding("iteration 1"))
        yieldOnce()
        loop.callSoon(trace.adding("iteration 2"))
        await(waiter)
        trace.`is`("cancelled", "thrown", "iteration 1", "waiter", "iteration 2")
    }

    @Test
    fun theAwaitedFutureIsCancelledAtOnce() = face.run {
        val future = createFuture<Int>()
        val task = createTask { await(future) }
        yieldOnce()
        task.cancel("why")
        assertTrue(future.cancelled())
        assertEquals("CancelledError: why", outcomeOf(task))
    }

    @Test
    fun aTaskInAnotherTaskPassesTheCancellationOnAndWaits() = face.run {
        val inner = createTask {
            try {
                sleep(100)
            } catch (e: Throwable) {
                trace.add("inner ${describe(e)}")
                sleep(5)
                trace.add("inner cleaned up at $now")
                throw e
            }
        }
        val outer = createTask {
            try {
                await(inner)
            } catch (e: Throwable) {
                trace.add("outer ${describe(e)}")
                throw e
            }
        }
        yieldTimes(2)
        outer.cancel("stop")
        assertEquals("CancelledError: stop", outcomeOf(outer))
        assertTrue(inner.cancelled())
        trace.`is`("inner CancelledError: stop", "inner cleaned up at 5", "outer CancelledError: stop")
    }

    @Test
    fun anInnerTaskThatSwallowsTheCancellationSavesTheOuterOne() = face.run {
        val inner = createTask {
            try {
                sleep(100)
                "slept"
            } catch (e: Throwable) {
                "saved from ${describe(e)}"
            }
        }
        val outer = createTask { await(inner) }
        yieldTimes(2)
        outer.cancel()
        assertEquals("result saved from CancelledError", outcomeOf(outer))
        assertFalse(outer.cancelled())
        assertEquals(1, outer.cancelling())
    }

    @Test
    fun theCancellationReachesTheInnermostInlineAwait() = face.run {
        val innermost = coroutine {
            try {
                sleep(100)
            } finally {
                trace.add("innermost")
            }
        }
        val middle = coroutine {
            try {
                await(innermost)
            } finally {
                trace.add("middle")
            }
        }
        val task = createTask {
            try {
                await(middle)
            } finally {
                trace.add("body")
            }
        }
        yieldOnce()
        task.cancel()
        assertEquals("CancelledError", outcomeOf(task))
        trace.`is`("innermost", "middle", "body")
    }

    // ---- races of cancel and completion

    /** The future gets its value, and the task that waits for it is cancelled in the same iteration, before it runs again. */
    @Test
    fun aValueThatHasArrivedIsLostToATaskThatIsCancelledBeforeItResumes() = face.run {
        val future = createFuture<String>()
        val task = createTask { await(future) }
        yieldOnce()
        future.setResult("value")
        task.cancel("late")
        assertEquals("CancelledError: late", outcomeOf(task))
        assertEquals("value", future.result())
    }

    @Test
    fun soIsAnExceptionThatHasArrived() = face.run {
        val future = createFuture<String>()
        val task = createTask { await(future) }
        yieldOnce()
        future.setException(Oops("lost"))
        task.cancel()
        assertEquals("CancelledError", outcomeOf(task))
        assertEquals("Oops: lost", describe(future.exception()!!))
    }

    @Test
    fun aTaskCancelledInAYieldGetsItThere() = face.run {
        val task = createTask {
            try {
                yieldOnce()
                trace.add("not reached")
            } catch (e: Throwable) {
                trace.add(describe(e))
                throw e
            }
        }
        yieldOnce()
        task.cancel("in the yield")
        assertEquals("CancelledError: in the yield", outcomeOf(task))
        trace.`is`("CancelledError: in the yield")
    }

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

    // ---- the outcome

    @Test
    fun aTaskMayAnswerACancellationWithAResult() = face.run {
        val task = createTask {
            try {
                sleep(100)
                "not this"
            } catch (e: Throwable) {
                "my own answer to ${describe(e)}"
            }
        }
        yieldOnce()
        task.cancel()
        assertEquals("my own answer to CancelledError", await(task))
        assertFalse(task.cancelled())
    }

    @Test
    fun aTaskMayAnswerACancellationWithAnException() = face.run {
        val task = createTask {
            try {
                sleep(100)
            } catch (_: Throwable) {
                throw Oops("instead")
            }
        }
        yieldOnce()
        task.cancel()
        assertEquals("Oops: instead", outcomeOf(task))
        assertFalse(task.cancelled())
    }

    @Test
    fun aBodyThatThrowsACancellationByItselfEndsTheTaskAsCancelled() = face.run {
        val task = createTask<Int> { throw cancelledError("by myself") }
        assertEquals("CancelledError: by myself", outcomeOf(task))
        assertTrue(task.cancelled())
        assertEquals(0, task.cancelling())
    }

    @Test
    fun theMessageThatCountsIsThatOfTheErrorWhichLeavesTheBody() = face.run {
        val task = createTask {
            try {
                sleep(100)
            } catch (_: Throwable) {
                throw cancelledError("rewritten")
            }
        }
        yieldOnce()
        task.cancel("original")
        assertEquals("CancelledError: rewritten", outcomeOf(task))
    }

    @Test
    fun theFirstWhoAsksGetsTheMessageOfACancelledTask() = face.run {
        val task = createTask { sleep(100) }
        yieldOnce()
        task.cancel("once")
        assertEquals("CancelledError: once", outcomeOf(task))
        assertEquals("CancelledError", outcomeOf(task))
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

    // ---- the two faces

    @Test
    fun aCancelledTaskIsAwaitedByTasksOfEveryKind() = face.run {
        val task = createTask { sleep(100) }
        val outcomes = (1..4).map { createTask { outcomeOf(task) } }
        yieldTimes(2)
        task.cancel("shared")
        assertEquals(
            listOf("CancelledError: shared", "CancelledError", "CancelledError", "CancelledError"),
            outcomes.map { await(it) },
        )
    }

    @Test
    fun aChainOfTasksIsCancelledFromItsEnd() = face.run {
        var last: Task<*> = createTask("task 0") {
            try {
                sleep(100)
            } finally {
                trace.add("task 0")
            }
        }
        for (i in 1..4) {
            val inner = last
            last = createTask("task $i") {
                try {
                    await(inner)
                } finally {
                    trace.add("task $i")
                }
            }
        }
        yieldTimes(2)
        last.cancel("all of you")
        assertEquals("CancelledError: all of you", outcomeOf(last))
        trace.`is`("task 0", "task 1", "task 2", "task 3", "task 4")
    }
}
