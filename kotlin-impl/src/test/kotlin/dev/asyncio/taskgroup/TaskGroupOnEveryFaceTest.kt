package dev.asyncio.taskgroup

import dev.asyncio.Asyncio
import dev.asyncio.ExceptionGroup
import dev.asyncio.Task
import dev.asyncio.TaskGroup
import dev.asyncio.TaskOptions
import dev.asyncio.support.Body
import dev.asyncio.support.Face
import dev.asyncio.support.Oops
import dev.asyncio.support.Trace
import dev.asyncio.support.describe
import dev.asyncio.support.s
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource

/** `TaskGroup` as a block: `await(group.enter(body))`. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class TaskGroupOnEveryFaceTest(private val face: Face) {
    private val trace = Trace()

    // ---- leaving

    @Test
    fun theBlockEndsWhenAllTasksHaveEnded() = face.run {
        val result = group { group ->
            for (seconds in listOf(3L, 1L, 2L)) {
                startIn(group) {
                    sleep(seconds)
                    trace.add("$seconds")
                }
            }
            trace.add("body")
            "value of the body"
        }
        assertEquals("value of the body", result)
        trace.`is`("body", "1", "2", "3")
    }

    @Test
    fun anEmptyGroupDoesNotSuspend() = face.run {
        loop.callSoon(trace.adding("next iteration"))
        group { }
        trace.`is`()
    }

    @Test
    fun tasksThatAreCreatedMeanwhileAreWaitedForToo() = face.run {
        group { group ->
            startIn(group) {
                sleep(1)
                startIn(group) {
                    sleep(1)
                    trace.add("grandchild at $now")
                }
            }
        }
        trace.`is`("grandchild at 2")
    }

    // ---- failures

    @Test
    fun aFailingTaskCancelsItsSiblingsAndTheBlock() = face.run {
        val outcome = groupOutcome { group ->
            startIn(group) { sleepOr("sibling") }
            startIn(group) {
                sleep(1)
                throw Oops("child")
            }
            sleepOr("body")
        }
        assertEquals("[Oops: child]", outcome)
        assertEquals(1, now)
        trace.`is`("sibling cancelled at 1", "body cancelled at 1")
        assertEquals(0, Asyncio.currentTask()!!.cancelling(), "the group takes its own request back")
        sleep(1)
    }

    @Test
    fun aFailingTaskEndsTheWaitAtTheEndOfTheBlockToo() = face.run {
        val outcome = groupOutcome { group ->
            startIn(group) { sleepOr("sibling") }
            startIn(group) {
                sleep(1)
                throw Oops("child")
            }
            trace.add("body ends")
        }
        assertEquals("[Oops: child]", outcome)
        trace.`is`("body ends", "sibling cancelled at 1")
    }

    @Test
    fun failuresStandInTheGroupInTheOrderInWhichTheyHappened() = face.run {
        val outcome = groupOutcome { group ->
            startIn(group) {
                try {
                    sleep(100)
                } finally {
                    throw Oops("second, while being cancelled")
                }
            }
            startIn(group) {
                sleep(1)
                throw Oops("first")
            }
        }
        assertEquals("[Oops: first, Oops: second, while being cancelled]", outcome)
    }

    @Test
    fun theMessageOfTheGroupIsAsynciosAndItsMembersAreSuppressedToo() = face.run {
        try {
            group { group -> startIn(group) { throw Oops("child") } }
        } catch (e: ExceptionGroup) {
            assertTrue(e.message!!.startsWith("unhandled errors in a TaskGroup"), e.message)
            assertNull(e.cause)
            assertEquals(e.exceptions(), e.suppressed.toList())
            trace.add("caught")
        }
        trace.`is`("caught")
    }

    @Test
    fun anExceptionOfTheBlockCancelsTheTasksAndIsAMemberOfTheGroup() = face.run {
        val outcome = groupOutcome { group ->
            startIn(group) { sleepOr("child") }
            yieldOnce()
            throw Oops("body")
        }
        assertEquals("[Oops: body]", outcome)
        trace.`is`("child cancelled at 0")
    }

    @Test
    fun aTaskThatEndsCancelledIsNoFailure() = face.run {
        group { group ->
            val child = startIn(group) { sleepOr("child") }
            startIn(group) {
                sleep(2)
                trace.add("sibling at $now")
            }
            loop.callLater(1.s) { child.cancel() }
        }
        trace.`is`("child cancelled at 1", "sibling at 2")
    }

    @Test
    fun aChildThatRefusesTheCancellationIsWaitedForAndNotCancelledAgain() = face.run {
        val outcome = groupOutcome { group ->
            startIn(group) {
                try {
                    sleep(100)
                } catch (_: Throwable) {
                    trace.add("refused")
                    sleep(5)
                    trace.add("done at $now")
                }
            }
            startIn(group) {
                sleep(1)
                throw Oops("child")
            }
        }
        assertEquals("[Oops: child]", outcome)
        trace.`is`("refused", "done at 6")
    }

    // ---- cancellation from outside

    @Test
    fun cancellingTheTaskOfTheBlockCancelsItsChildrenAndWaitsForThem() = face.run {
        val parent = createTask {
            group { group ->
                startIn(group) {
                    try {
                        sleep(100)
                    } finally {
                        sleep(3)
                        trace.add("child cleaned up at $now")
                    }
                }
                sleep(100)
            }
        }
        sleep(1)
        parent.cancel("outside")
        assertEquals("CancelledError: outside", outcomeOf(parent))
        trace.`is`("child cleaned up at 4")
    }

    @Test
    fun cancellingItWhileItWaitsAtTheEndDoesTheSame() = face.run {
        val parent = createTask { group { group -> startIn(group) { sleepOr("child") } } }
        sleep(1)
        parent.cancel()
        assertEquals("CancelledError", outcomeOf(parent))
        trace.`is`("child cancelled at 1")
    }

    @Test
    fun cancellingItAgainWhileItWaitsDoesNotReachTheChildrenAgain() = face.run {
        val parent = createTask {
            group { group ->
                startIn(group) {
                    try {
                        sleep(100)
                    } finally {
                        sleep(10)
                        trace.add("clean-up undisturbed")
                    }
                }
            }
        }
        sleep(1)
        parent.cancel()
        sleep(1)
        parent.cancel()
        assertEquals("CancelledError", outcomeOf(parent))
        assertEquals(11, now)
        trace.`is`("clean-up undisturbed")
    }

    /** The parent is cancelled from outside, and a child fails while it is being cancelled for that. */
    @Test
    fun aFailureDuringTheCancellationIsThrownAndTheCancellationComesAtTheNextAwait() = face.run {
        val parent = createTask {
            try {
                group { group ->
                    startIn(group) {
                        try {
                            sleep(100)
                        } finally {
                            throw Oops("while cancelled")
                        }
                    }
                    sleep(100)
                }
            } catch (e: ExceptionGroup) {
                trace.add(e.exceptions().map(::describe))
                trace.add("cancelling ${Asyncio.currentTask()!!.cancelling()}")
            }
            sleep(100)
        }
        sleep(1)
        parent.cancel()
        assertEquals("CancelledError", outcomeOf(parent))
        assertEquals(1, now)
        trace.`is`(listOf("Oops: while cancelled"), "cancelling 1")
    }

    @Test
    fun aBlockThatThrowsACancellationByItselfCancelsTheChildren() = face.run {
        val parent = createTask {
            group<Unit> { group ->
                startIn(group) { sleepOr("child") }
                yieldOnce()
                throw cancelledError("by itself")
            }
        }
        assertEquals("CancelledError: by itself", outcomeOf(parent))
        trace.`is`("child cancelled at 0")
    }

    // ---- nesting

    @Test
    fun aFailureInAnInnerGroupSurfacesAsAGroupInTheOuterOne() = face.run {
        val outcome = groupOutcome {
            group { inner -> startIn(inner) { throw Oops("deep") } }
        }
        assertEquals("[[Oops: deep]]", outcome)
    }

    @Test
    fun aFailureInTheOuterGroupEndsTheInnerOneByCancellation() = face.run {
        val outcome = groupOutcome { outer ->
            startIn(outer) {
                sleep(1)
                throw Oops("outer child")
            }
            try {
                group { inner -> startIn(inner) { sleepOr("inner child") } }
            } catch (e: Throwable) {
                trace.add("inner group: ${describe(e)}")
                throw e
            }
        }
        assertEquals("[Oops: outer child]", outcome)
        trace.`is`("inner child cancelled at 1", "inner group: CancelledError")
    }

    @Test
    fun aTimeoutRoundAGroupCancelsItsTasks() = face.run {
        val outcome = outcomeOf(
            Asyncio.timeout(2.s, coroutine { group { group -> startIn(group) { sleepOr("child") } } }),
        )
        assertEquals("TimeoutException", outcome)
        trace.`is`("child cancelled at 2")
    }

    // ---- creating

    @Test
    fun aGroupThatWasNotEnteredMakesNoTasks() = face.run {
        assertThrows(IllegalStateException::class.java) { TaskGroup().createTask(coroutine { }) }
    }

    @Test
    fun aGroupThatHasEndedMakesNoTasks() = face.run {
        val group = TaskGroup()
        await(group.enter(coroutine { }))
        assertThrows(IllegalStateException::class.java) { group.createTask(coroutine { }) }
    }

    @Test
    fun aGroupThatIsEndingBecauseOfAFailureMakesNoTasks() = face.run {
        val outcome = groupOutcome { group ->
            startIn(group) { throw Oops("child") }
            try {
                sleep(100)
            } finally {
                assertThrows(IllegalStateException::class.java) { group.createTask(coroutine { }) }
            }
        }
        assertEquals("[Oops: child]", outcome)
    }

    @Test
    fun aGroupIsEnteredOnce() = face.run {
        val group = TaskGroup()
        await(group.enter(coroutine { }))
        assertTrue(outcomeOf(group.enter(coroutine { })).startsWith("IllegalStateException"))
    }

    @Test
    fun itsTasksTakeOptions() = face.run {
        group { group ->
            val eager = group.createTask(
                coroutine { trace.add("eager") },
                TaskOptions.DEFAULT.withName("named").withEagerStart(true),
            )
            assertEquals("named", eager.name)
            assertTrue(eager.done())
        }
        trace.`is`("eager")
    }

    // ---- cancel()

    @Test
    fun cancelEndsTheGroupWithoutAnError() = face.run {
        group { group ->
            startIn(group) { sleepOr("child") }
            yieldOnce()
            group.cancel()
            sleepOr("body")
        }
        trace.`is`("child cancelled at 0", "body cancelled at 0")
        assertEquals(0, Asyncio.currentTask()!!.cancelling())
    }

    @Test
    fun theStateIsToldByToString() = face.run {
        val group = TaskGroup()
        assertEquals("<TaskGroup>", group.toString())
        await(
            group.enter(
                coroutine {
                    startIn(group) { }
                    assertEquals("<TaskGroup tasks=1 entered>", group.toString())
                },
            ),
        )
    }

    private suspend fun <T> Body.group(block: suspend Body.(TaskGroup) -> T): T {
        val group = TaskGroup()
        return await(group.enter(coroutine { block(group) }))
    }

    /** What a group throws, members only. */
    private suspend fun Body.groupOutcome(block: suspend Body.(TaskGroup) -> Unit): String = try {
        group(block)
        "nothing"
    } catch (e: ExceptionGroup) {
        members(e)
    }

    private fun members(group: ExceptionGroup): String =
        group.exceptions().joinToString(prefix = "[", postfix = "]") {
            if (it is ExceptionGroup) members(it) else describe(it)
        }

    private suspend fun Body.sleepOr(name: String) {
        try {
            sleep(100)
        } catch (e: Throwable) {
            trace.add("$name cancelled at $now")
            throw e
        }
    }

    private fun Body.startIn(group: TaskGroup, block: suspend Body.() -> Unit): Task<Unit> = group.createTask(
        coroutine(block),
    )
}
