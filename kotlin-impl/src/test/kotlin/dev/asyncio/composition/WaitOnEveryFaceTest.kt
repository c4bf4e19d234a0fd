package dev.asyncio.composition

import dev.asyncio.Asyncio
import dev.asyncio.Future
import dev.asyncio.ReturnWhen
import dev.asyncio.WaitResult
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

/** `wait`: two sets, and nothing thrown or cancelled. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class WaitOnEveryFaceTest(private val face: Face) {
    private val trace = Trace()

    @Test
    fun allAreWaitedForUnlessSomethingElseIsSaid() = face.run {
        val tasks = listOf(sleeper(2), sleeper(1), failing(3))
        val result = await(Asyncio.wait<Long>(tasks))
        assertEquals(tasks, result.done().toList())
        assertEquals(emptySet<Future<Long>>(), result.pending())
        assertEquals(3, now)
        assertEquals("Oops: after 3", describe(tasks[2].exception()!!))
    }

    @Test
    fun theFirstToCompleteEndsTheWait() = face.run {
        val tasks = listOf(sleeper(2), sleeper(1), sleeper(3))
        val result = await(Asyncio.wait<Long>(tasks, ReturnWhen.FIRST_COMPLETED))
        assertSets(result, done = listOf(tasks[1]), pending = listOf(tasks[0], tasks[2]))
        assertEquals(1, now)
        await(Asyncio.wait<Long>(tasks))
    }

    @Test
    fun theFirstExceptionEndsTheWaitButACancellationDoesNot() = face.run {
        val tasks = listOf(sleeper(1), sleeper(100), failing(3), sleeper(4))
        loop.callLater(2.s) { tasks[1].cancel() }
        val result = await(Asyncio.wait<Long>(tasks, ReturnWhen.FIRST_EXCEPTION))
        assertSets(result, done = tasks.subList(0, 3), pending = tasks.subList(3, 4))
        assertEquals(3, now)
        await(tasks[3])
    }

    @Test
    fun withoutAnExceptionTheFirstExceptionIsTheEndOfAll() = face.run {
        val tasks = listOf(sleeper(1), sleeper(2))
        val result = await(Asyncio.wait<Long>(tasks, ReturnWhen.FIRST_EXCEPTION))
        assertSets(result, done = tasks, pending = emptyList())
        assertEquals(2, now)
    }

    @Test
    fun aTimeoutThrowsNothingAndCancelsNothing() = face.run {
        val tasks = listOf(sleeper(1), sleeper(5))
        val result = await(Asyncio.wait<Long>(tasks, 2.s))
        assertSets(result, done = listOf(tasks[0]), pending = listOf(tasks[1]))
        assertEquals(2, now)
        assertEquals(5, await(tasks[1]))
    }

    @Test
    fun aTimeoutOfZeroReportsWhatIsDone() = face.run {
        val done = createFuture<Long>().apply { setResult(1) }
        val pending = createFuture<Long>()
        val result = await(Asyncio.wait<Long>(listOf(done, pending), 0.s))
        assertSets(result, done = listOf(done), pending = listOf(pending))
    }

    @Test
    fun whatCompletesBeforeTheWaiterResumesIsInTheDoneSetToo() = face.run {
        val first = createFuture<Long>()
        val second = createFuture<Long>()
        val waiter = createTask { await(Asyncio.wait<Long>(listOf(first, second), ReturnWhen.FIRST_COMPLETED)) }
        yieldOnce()
        first.setResult(1)
        yieldOnce() // the wait has seen it; the waiter has yet to run
        second.setResult(2)
        assertSets(await(waiter), done = listOf(first, second), pending = emptyList())
    }

    @Test
    fun futuresThatAreDoneStillCostTwoIterations() = face.run {
        val done = createFuture<Long>().apply { setResult(1) }
        loop.callSoon {
            trace.add("iteration 1")
            loop.callSoon {
                trace.add("iteration 2")
                loop.callSoon(trace.adding("iteration 3"))
            }
        }
        await(Asyncio.wait<Long>(listOf(done)))
        trace.add("waited")
        yieldOnce()
        trace.`is`("iteration 1", "iteration 2", "waited", "iteration 3")
    }

    @Test
    fun duplicatesCollapse() = face.run {
        val task = sleeper(1)
        val result = await(Asyncio.wait<Long>(listOf(task, task)))
        assertSets(result, done = listOf(task), pending = emptyList())
    }

    @Test
    fun coroutinesBecomeTasksWhenTheWaitIsAwaited() = face.run {
        val wait = Asyncio.wait<Long>(listOf(coroutine { 1L }, coroutine { 2L }))
        assertEquals(1, Asyncio.allTasks().size)
        assertEquals(listOf(1L, 2L), await(wait).done().map { it.result() })
    }

    @Test
    fun cancellingTheWaiterLeavesTheOthersRunning() = face.run {
        val task = sleeper(2)
        val waiter = createTask { await(Asyncio.wait<Long>(listOf(task))) }
        sleep(1)
        waiter.cancel()
        assertEquals("CancelledError", outcomeOf(waiter))
        assertFalse(task.done())
        assertTrue("' pending coroutine=" in task.toString(), "the wait's callback is still there: $task")
        assertEquals(2, await(task))
    }

    @Test
    fun nothingToWaitForIsRefused() = face.run {
        val outcome = outcomeOf(Asyncio.wait<Long>(emptyList()))
        assertTrue(outcome.startsWith("IllegalArgumentException"), outcome)
    }

    private fun Body.sleeper(seconds: Long) = createTask {
        sleep(seconds)
        seconds
    }

    private fun Body.failing(seconds: Long) = createTask<Long> {
        sleep(seconds)
        throw Oops("after $seconds")
    }

    private fun assertSets(result: WaitResult<Long>, done: List<Future<Long>>, pending: List<Future<Long>>) {
        assertEquals(done, result.done().toList())
        assertEquals(pending, result.pending().toList())
    }
}
