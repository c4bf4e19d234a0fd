package dev.asyncio.composition

import dev.asyncio.Asyncio
import dev.asyncio.Awaitable
import dev.asyncio.Outcome
import dev.asyncio.support.Body
import dev.asyncio.support.Face
import dev.asyncio.support.Oops
import dev.asyncio.support.Trace
import dev.asyncio.support.describe
import dev.asyncio.support.s
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource

/** `gather`, with and without outcomes. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class GatherOnEveryFaceTest(private val face: Face) {
    private val trace = Trace()

    @Test
    fun resultsStandInTheOrderOfTheArguments() = face.run {
        val results = await(
            gather(
                coroutine { work("slow", 3) },
                coroutine { work("fast", 1) },
                coroutine { work("medium", 2) },
            ),
        )
        assertEquals(listOf("slow", "fast", "medium"), results)
        assertEquals(3, now)
        trace.`is`("slow starts", "fast starts", "medium starts", "fast ends", "medium ends", "slow ends")
    }

    @Test
    fun coroutinesStartWhenGatherIsCalledAndNotWhenItIsAwaited() = face.run {
        val gathered = gather(coroutine { work("a", 1) })
        yieldOnce()
        trace.add("before await")
        await(gathered)
        trace.`is`("a starts", "before await", "a ends")
    }

    @Test
    fun nothingToGatherIsDoneAtOnceWithAnEmptyList() = face.run {
        val nothing = gather<String>()
        assertTrue(nothing.done())
        assertEquals(emptyList<String>(), await(nothing))
    }

    @Test
    fun futuresThatAreDoneMakeAGatherThatIsDone() = face.run {
        val futures = List(2) { i -> createFuture<Int>().apply { setResult(i) } }
        val gathered = Asyncio.gather<Int>(futures)
        assertTrue(gathered.done())
        assertEquals(listOf(0, 1), gathered.result())
    }

    @Test
    fun coroutinesThatReturnAtOnceCostThreeIterations() = face.run {
        loop.callSoon { countIterations(4) }
        await(gather(coroutine { 1 }, coroutine { 2 }))
        trace.add("gathered")
        yieldTimes(2)
        trace.`is`("iteration 1", "iteration 2", "iteration 3", "gathered", "iteration 4")
    }

    @Test
    fun oneFutureGivenTwiceRunsOnceAndStandsTwiceInTheResult() = face.run {
        val task = createTask { work("once", 1) }
        assertEquals(listOf("once", "once"), await(gather(task, task)))
        trace.`is`("once starts", "once ends")
    }

    @Test
    fun oneCoroutineGivenTwiceRunsTwice() = face.run {
        val body = coroutine { work("twice", 1) }
        assertEquals(listOf("twice", "twice"), await(gather(body, body)))
        trace.`is`("twice starts", "twice starts", "twice ends", "twice ends")
    }

    @Test
    fun aFutureThatAllHaveGivenUpWaitingForCanStillBeGathered() = face.run {
        val future = createFuture<String>()
        val waits = List(2) { createTask { await(Asyncio.wait(listOf(future), 1.s)) } }
        for (wait in waits) assertEquals(setOf(future), await(wait).pending())
        loop.callLater(1.s) { future.setResult("late") }
        assertEquals(listOf("late"), await(gather(future)))
        assertEquals(2, now)
    }

    @Test
    fun theFirstFailureIsThrownAtOnceAndTheOthersGoOn() = face.run {
        val slow = createTask { work("slow", 5) }
        val failing = createTask<String> { failAfter(1, "first") }
        val failingLater = createTask<String> { failAfter(2, "second") }
        assertEquals("Oops: first", outcomeOf(gather(slow, failingLater, failing)))
        assertEquals(1, now)
        assertFalse(slow.done())
        assertEquals("slow", await(slow))
        // the second failure counts as seen: the test would fail otherwise
    }

    @Test
    fun outcomesHoldResultsFailuresAndCancellations() = face.run {
        val cancelled = createTask { work("never", 100) }
        loop.callLater(1.s) { cancelled.cancel() }
        val outcomes = await(
            Asyncio.gatherOutcomes<String>(
                listOf(coroutine { work("fine", 3) }, coroutine<String> { failAfter(2, "bad") }, cancelled),
            ),
        )
        assertEquals(listOf("fine", "Oops: bad", "CancelledError"), outcomes.map(::outcome))
        assertEquals(3, now)
    }

    @Test
    fun aChildCancelledBySomebodyElseFailsTheGatherWhichIsNotCancelledByThat() = face.run {
        val child = createTask { work("child", 100) }
        val sibling = createTask { work("sibling", 2) }
        val gathered = gather(child, sibling)
        loop.callLater(1.s) { child.cancel() }
        assertEquals("CancelledError", outcomeOf(gathered))
        assertFalse(gathered.cancelled())
        assertEquals("sibling", await(sibling))
    }

    @Test
    fun cancellingTheGatherCancelsAllChildrenAndWaitsForOne() = face.run {
        val children = List(3) { i -> createTask { work("child $i", 100) } }
        val gathered = Asyncio.gather<String>(children)
        yieldOnce()
        assertTrue(gathered.cancel("all"))
        assertFalse(gathered.done())
        assertEquals("CancelledError: all", outcomeOf(gathered))
        assertFalse(gathered.cancelled())
        assertTrue(children.all { it.cancelled() })
    }

    @Test
    fun cancellingTheTaskThatAwaitsTheGatherDoesTheSame() = face.run {
        val children = List(2) { i -> createTask { work("child $i", 100) } }
        val waiter = createTask { await(Asyncio.gather<String>(children)) }
        yieldTimes(2)
        waiter.cancel()
        assertEquals("CancelledError", outcomeOf(waiter))
        assertTrue(waiter.cancelled())
        assertTrue(children.all { it.cancelled() })
    }

    @Test
    fun aCancelledGatherEndsCancelledEvenIfEveryChildRefuses() = face.run {
        val children = List(2) {
            createTask {
                try {
                    sleep(100)
                    "slept"
                } catch (_: Throwable) {
                    "refused"
                }
            }
        }
        val gathered = Asyncio.gatherOutcomes<String>(children)
        yieldOnce()
        gathered.cancel()
        assertEquals("CancelledError", outcomeOf(gathered))
        assertEquals(listOf("refused", "refused"), children.map { await(it) })
    }

    @Test
    fun aGatherThatIsDoneCannotBeCancelledAndLeavesItsChildrenAlone() = face.run {
        val slow = createTask { work("slow", 2) }
        val gathered = gather(slow, createTask<String> { failAfter(1, "early") })
        assertEquals("Oops: early", outcomeOf(gathered))
        assertFalse(gathered.cancel())
        assertEquals("slow", await(slow))
    }

    @Test
    fun gathersNest() = face.run {
        val inner = Asyncio.gather<Int>(listOf(coroutine { 1 }, coroutine { 2 }))
        val outer = Asyncio.gather<List<Int>>(listOf<Awaitable<List<Int>>>(inner, coroutine { listOf(3) }))
        assertEquals(listOf(listOf(1, 2), listOf(3)), await(outer))
    }

    private suspend fun Body.work(name: String, seconds: Long): String {
        trace.add("$name starts")
        sleep(seconds)
        trace.add("$name ends")
        return name
    }

    private suspend fun Body.failAfter(seconds: Long, message: String): Nothing {
        sleep(seconds)
        throw Oops(message)
    }

    private fun Body.countIterations(last: Int, number: Int = 1) {
        trace.add("iteration $number")
        if (number < last) loop.callSoon { countIterations(last, number + 1) }
    }

    private fun <T> gather(vararg awaitables: Awaitable<T>) = Asyncio.gather<T>(awaitables.asList())

    private fun outcome(outcome: Outcome<*>): Any? =
        if (outcome.isSuccess) outcome.value() else describe(outcome.exception()!!)
}
