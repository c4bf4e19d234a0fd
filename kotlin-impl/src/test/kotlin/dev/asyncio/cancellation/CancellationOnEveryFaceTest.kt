package dev.asyncio.cancellation

import dev.asyncio.Task
import dev.asyncio.support.Face
import dev.asyncio.support.Oops
import dev.asyncio.support.Trace
import dev.asyncio.support.describe
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
