package dev.asyncio.composition

import dev.asyncio.Asyncio
import dev.asyncio.Coroutine
import dev.asyncio.Task
import dev.asyncio.support.Body
import dev.asyncio.support.Face
import dev.asyncio.support.Oops
import dev.asyncio.support.Trace
import dev.asyncio.support.s
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource

/** `asCompleted`, iterated in both ways. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class AsCompletedOnEveryFaceTest(private val face: Face) {
    private val trace = Trace()

    @Test
    fun resultsComeInOrderOfCompletion() = face.run {
        for (next in Asyncio.asCompleted<Long>(
            listOf(3L, 1L, 2L).map {
                sleeper(it)
            },
        )) {
            trace.add("${await(next)} at $now")
        }
        trace.`is`("1 at 1", "2 at 2", "3 at 3")
    }

    @Test
    fun theyStartWhenItIsCalledAndNotWhenItIsIterated() = face.run {
        val completed = Asyncio.asCompleted<Long>(listOf(sleeper(1)))
        sleep(5)
        for (next in completed) trace.add("${await(next)} at $now")
        trace.`is`("1 at 5")
    }

    @Test
    fun aFailureIsThrownWhereItIsAwaitedAndTheRestGoesOn() = face.run {
        val bodies = listOf(sleeper(2), coroutine<Long> { throw Oops("at once") }, sleeper(1))
        for (next in Asyncio.asCompleted<Long>(bodies)) trace.add(outcomeOf(next))
        trace.`is`("Oops: at once", "result 1", "result 2")
    }

    @Test
    fun eachElementIsAwaitedOnce() = face.run {
        val element: Coroutine<Long> = Asyncio.asCompleted<Long>(listOf(sleeper(1))).iterator().next()
        assertEquals(1, await(element))
        val again = outcomeOf(element)
        assertTrue(again.startsWith("IllegalStateException: cannot reuse already awaited coroutine"), again)
    }

    @Test
    fun anElementIsUsedUpByATaskThatIsCancelledBeforeItStarts() = face.run {
        val element: Coroutine<Long> = Asyncio.asCompleted<Long>(listOf(sleeper(1))).iterator().next()
        assertEquals("CancelledError", outcomeOf(cancelled(element)))
        val again = outcomeOf(element)
        assertTrue(again.startsWith("IllegalStateException: cannot reuse already awaited coroutine"), again)
        val late = outcomeOf(cancelled(element))
        assertTrue(late.startsWith("IllegalStateException: cannot reuse already awaited coroutine"), late)
    }

    @Test
    fun theIterationEndsWithTheLastChild() = face.run {
        val iterator = Asyncio.asCompleted<Long>(listOf(sleeper(1))).iterator()
        assertTrue(iterator.hasNext())
        await(iterator.next())
        assertFalse(iterator.hasNext())
        assertThrows(NoSuchElementException::class.java) { iterator.next() }
    }

    @Test
    fun nothingGivesAnEmptyIteration() = face.run {
        val none = Asyncio.asCompleted<Long>(emptyList<Coroutine<Long>>())
        assertFalse(none.iterator().hasNext())
        assertFalse(await(none.futures().advance()))
    }

    @Test
    fun duplicatesRunOnceAndAreDeliveredOnce() = face.run {
        val task = createTask { sleep(1) }
        assertEquals(1, Asyncio.asCompleted<Any?>(listOf(task, task)).count { trace.add(outcomeOf(it)) == Unit })
        trace.`is`("result null")
    }

    @Test
    fun iterationCanStopAndGoOnAndDeliversEachChildOnce() = face.run {
        val completed = Asyncio.asCompleted<Long>(listOf(3L, 1L, 2L).map { sleeper(it) })
        for (next in completed) {
            trace.add(await(next))
            break
        }
        trace.add("pause")
        for (next in completed) trace.add(await(next))
        trace.`is`(1L, "pause", 2L, 3L)
    }

    @Test
    fun aTimeoutIsThrownForEachChildThatIsMissingAndCancelsNone() = face.run {
        val slow = createTask { "slow".also { sleep(5) } }
        val slower = createTask { "slower".also { sleep(6) } }
        val fast = createTask { "fast".also { sleep(1) } }
        for (next in Asyncio.asCompleted<String>(
            listOf(slow, fast, slower),
            3.s,
        )) {
            trace.add("${outcomeOf(next)} at $now")
        }
        trace.`is`("result fast at 1", "TimeoutException at 3", "TimeoutException at 3")
        assertEquals("slower", await(slower))
    }

    @Test
    fun theAsynchronousIterationGivesTheFuturesThemselves() = face.run {
        val tasks = listOf(3L, 1L, 2L).map { createTask { it.also { sleep(it) } } }
        val futures = Asyncio.asCompleted<Long>(tasks).futures()
        for (expected in listOf(tasks[1], tasks[2], tasks[0])) {
            assertTrue(await(futures.advance()))
            assertSame(expected, futures.current())
            assertTrue(futures.current().done())
        }
        assertFalse(await(futures.advance()))
        assertThrows(IllegalStateException::class.java) { futures.current() }
    }

    @Test
    fun theAsynchronousIterationThrowsTheTimeoutToo() = face.run {
        val slow = createTask { sleep(5) }
        val futures = Asyncio.asCompleted<Any?>(listOf(slow), 1.s).futures()
        assertEquals("TimeoutException", outcomeOf(futures.advance()))
        await(slow)
    }

    @Test
    fun aCancelledWaiterLeavesTheNextChildToTheOthers() = face.run {
        val completed = Asyncio.asCompleted<Long>(listOf(sleeper(1), sleeper(2))).iterator()
        val first = completed.next()
        val second = completed.next()
        val impatient = createTask { await(first) }
        val patient = createTask { await(second) }
        yieldOnce()
        impatient.cancel()
        assertEquals("CancelledError", outcomeOf(impatient))
        assertEquals(1, await(patient))
    }

    private fun cancelled(element: Coroutine<Long>): Task<Long> = Asyncio.createTask(element).apply { cancel() }

    private fun Body.sleeper(seconds: Long): Coroutine<Long> = coroutine { seconds.also { sleep(it) } }
}
