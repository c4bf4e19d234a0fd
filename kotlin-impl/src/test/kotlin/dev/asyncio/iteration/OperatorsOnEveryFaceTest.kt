package dev.asyncio.iteration

import dev.asyncio.AsyncIterator
import dev.asyncio.AsyncIterators
import dev.asyncio.Asyncio
import dev.asyncio.Coroutine
import dev.asyncio.queues.Queue
import dev.asyncio.support.Body
import dev.asyncio.support.Face
import dev.asyncio.support.Oops
import dev.asyncio.support.Trace
import dev.asyncio.support.describe
import dev.asyncio.support.s
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource
import java.util.concurrent.CancellationException

/** What an AsyncIterator has for all iterators: operators, and the promise to close. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class OperatorsOnEveryFaceTest(private val face: Face) {
    private val trace = Trace()

    /** The functions given to operators are Java code. */
    private fun play(main: suspend Body.() -> Unit) = face.run(usesJava = true, main)

    /** Counts without end, and notes when it is asked, closed and asked once it was closed. */
    private inner class Counter(
        private val failAt: Int = -1,
        private val closing: () -> Unit = {},
    ) : AsyncIterator<Int> {
        private var at = 0

        override fun advance(): Coroutine<Boolean> = Asyncio.coroutine(
            Coroutine {
                trace.add("advance")
                if (++at == failAt) throw Oops("in the source")
                true
            },
        )

        override fun current(): Int = at

        override fun close(): Coroutine<Void?> = Asyncio.coroutine(
            Coroutine {
                trace.add("close")
                closing()
                null
            },
        )
    }

    /** An iterator that has nothing to clean up and says nothing about it. */
    private class Plain(private var left: Int) : AsyncIterator<Int> {
        override fun advance(): Coroutine<Boolean> = Coroutine { left-- > 0 }

        override fun current(): Int = left
    }

    private suspend fun <T> Body.listOf(iterator: AsyncIterator<T>): List<T> = await(iterator.toList())

    @Test
    fun toListHasAllElementsAndCannotBeChanged() = play {
        val list = listOf(Plain(3))
        assertEquals(listOf(2, 1, 0), list)
        assertThrows(UnsupportedOperationException::class.java) { (list as MutableList<Int>).add(7) }
        assertEquals(emptyList<Int>(), listOf(Plain(0)))
    }

    @Test
    fun forEachCallsAnActionThatMayAwaitWithEachElement() = play {
        await(
            Plain(3).forEach {
                Asyncio.await(Asyncio.sleep(1.s))
                trace.add("$it at $now")
            },
        )
        trace.`is`("2 at 1", "1 at 2", "0 at 3")
    }

    @Test
    fun mapAndFilterMayAwait() = play {
        val odd = Plain(6)
            .map {
                Asyncio.await(Asyncio.sleep(1.s))
                10 * it
            }.filter {
                Asyncio.await(Asyncio.sleep(1.s))
                it / 10 % 2 == 1
            }
        assertEquals(listOf(50, 30, 10), listOf(odd))
        assertEquals(12, now)
    }

    @Test
    fun nullIsAnElement() = play {
        val nulls = Plain(2).map<Int?> { null }
        assertEquals(listOf(null, null), listOf(nulls))
    }

    @Test
    fun operatorsHaveNoElementBeforeTheFirstAndAfterTheLast() = play {
        for (iterator in listOf(Plain(1).map { it }, Plain(1).filter { true }, Plain(2).take(1))) {
            assertThrows(IllegalStateException::class.java) { iterator.current() }
            assertTrue(await(iterator.advance()))
            iterator.current()
            assertFalse(await(iterator.advance()))
            assertThrows(IllegalStateException::class.java) { iterator.current() }
            assertFalse(await(iterator.advance()))
        }
    }

    @Test
    fun takeAsksForNoElementTooManyAndCloses() = play {
        assertEquals(listOf(1, 2), listOf(Counter().take(2)))
        assertEquals(listOf("advance", "advance", "close"), trace.events().take(3))
        assertEquals(2, trace.events().count { it == "advance" })
    }

    @Test
    fun takeDoesNotCountAnAdvanceThatWasCancelled() = play {
        val queue = Queue<Int>()
        val two = queue.items().take(2)
        assertTrue("TimeoutException" in outcomeOf(Asyncio.waitFor(two.advance(), 1.s)))
        for (i in 1..3) queue.putNowait(i)
        assertEquals(listOf(1, 2), listOf(two))
        assertEquals(1, queue.qsize())
    }

    @Test
    fun takeOfNothingAsksForNothing() = play {
        assertEquals(emptyList<Int>(), listOf(Counter().take(0)))
        assertFalse("advance" in trace.events())
        assertThrows(IllegalArgumentException::class.java) { Plain(1).take(-1) }
    }

    @Test
    fun takeEndsWhereItsSourceEnds() = play {
        assertEquals(listOf(1, 0), listOf(Plain(2).take(100)))
    }

    // ---- closing

    @Test
    fun everyEndCloses() = play {
        await(Counter().take(1).forEach { })
        assertEquals("close", trace.events().last())
    }

    @Test
    fun anActionThatFailsCloses() = play {
        assertEquals("Oops: in the action", outcomeOf(Counter().forEach { throw Oops("in the action") }))
        trace.`is`("advance", "close")
    }

    @Test
    fun aFunctionThatFailsCloses() = play {
        val mapped = Counter().map<Int> { throw Oops("in the function") }
        assertEquals("Oops: in the function", outcomeOf(mapped.toList()))
        trace.`is`("advance", "close")
    }

    @Test
    fun aPredicateThatFailsCloses() = play {
        val filtered = Counter().filter { throw Oops("in the predicate") }
        assertEquals("Oops: in the predicate", outcomeOf(filtered.toList()))
        trace.`is`("advance", "close")
    }

    @Test
    fun aSourceThatFailsIsClosed() = play {
        assertEquals("Oops: in the source", outcomeOf(Counter(failAt = 2).map { it }.toList()))
        trace.`is`("advance", "advance", "close")
    }

    @Test
    fun aConsumerThatIsCancelledClosesAndTheCleanUpMayAwait() = play {
        val consumers = listOf<(AsyncIterator<Int>) -> Coroutine<*>>(
            { it.forEach { Asyncio.await(Asyncio.sleep(100.s)) } },
            { it.map { Asyncio.await(Asyncio.sleep(100.s)) }.toList() },
        )
        for (consume in consumers) {
            val source = Counter(
                closing = {
                    Asyncio.await(Asyncio.sleep(2.s))
                    trace.add("closed")
                },
            )
            val task = createTask { await(consume(source)) }
            sleep(1)
            task.cancel("enough")
            assertEquals("CancelledError: enough", outcomeOf(task))
        }
        trace.`is`("advance", "close", "closed", "advance", "close", "closed")
    }

    @Test
    fun whatTheCleanUpFailsWithGoesWithWhatCameFirst() = play {
        val source = Counter(closing = { throw Oops("in the clean-up") })
        for (consume in listOf(
            source.forEach {
                throw Oops("first")
            },
            source.map<Int> { throw Oops("first") }.toList(),
        )) {
            val error = runCatching { await(consume) }.exceptionOrNull()!!
            assertEquals("Oops: first", describe(error))
            assertEquals("Oops: in the clean-up", describe(error.suppressed.single()))
        }
    }

    /** Kotlin code sees it as another, since there it would be a cancellation. */
    @Test
    fun aCancellationExceptionOfTheCleanUpGoesAsItIsWithWhatCameFirst() = play {
        val gone = CancellationException("in the clean-up")
        val failing = Counter(failAt = 1, closing = { throw gone })
        val failure = runCatching { await(failing.toList()) }.exceptionOrNull()!!
        assertEquals("Oops: in the source", describe(failure))
        assertSame(gone, failure.suppressed.single())

        val waiting = Plain(1)
        val iterator = object : AsyncIterator<Int> by waiting {
            override fun advance(): Coroutine<Boolean> = Coroutine { Asyncio.await(Asyncio.sleep(100.s, true)) }

            override fun close(): Coroutine<Void?> = Coroutine { throw gone }
        }
        val task = createTask { await(iterator.toList()) }
        sleep(1)
        task.cancel("enough")
        val cancellation = runCatching { await(task) }.exceptionOrNull()!!
        assertEquals("CancelledError: enough", describe(cancellation))
        assertSame(gone, cancellation.suppressed.single())
    }

    @Test
    fun whatTheCleanUpFailsWithIsThrownWhereNothingCameFirst() = play {
        val source = Plain(1)
        val iterator = object : AsyncIterator<Int> by source {
            override fun close(): Coroutine<Void?> = Coroutine { throw Oops("in the clean-up") }
        }
        assertEquals("Oops: in the clean-up", outcomeOf(iterator.toList()))
        assertEquals("Oops: in the clean-up", outcomeOf(iterator.forEach { }))
    }

    /** The action fails; the consumer is cancelled while the clean-up awaits. */
    @Test
    fun aCancellationIsNotLostInTheCleanUp() = play {
        for (consume in listOf<(AsyncIterator<Int>) -> Coroutine<*>>(
            { it.forEach { throw Oops("first") } },
            { it.map<Int> { throw Oops("first") }.toList() },
        )) {
            val source = Counter(closing = { Asyncio.await(Asyncio.sleep(100.s)) })
            val task = createTask { await(consume(source)) }
            sleep(1)
            task.cancel("enough")
            assertEquals("CancelledError: enough", outcomeOf(task))
        }
    }

    @Test
    fun aGeneratorIsClosedByTheOperatorsAroundIt() = play {
        val generator = AsyncIterators.generate<Int> { emitter ->
            try {
                var i = 0
                while (true) emitter.emit(i++)
            } finally {
                Asyncio.await(Asyncio.sleep(1.s))
                trace.add("finally at $now")
            }
        }
        assertEquals(listOf(0, 20, 40), listOf(generator.filter { it % 2 == 0 }.map { 10 * it }.take(3)))
        trace.`is`("finally at 1")
    }

    // ---- queues

    @Test
    fun theItemsOfAQueueEndAtItsShutdown() = play {
        val queue = Queue<Int>(2)
        val producer = createTask {
            for (i in 1..5) await(queue.put(i))
            queue.shutdown()
        }
        assertEquals(listOf(1, 2, 3, 4, 5), listOf(queue.items()))
        await(producer)
        assertFalse(await(queue.items().advance()))
        assertThrows(IllegalStateException::class.java) { queue.items().current() }
    }

    @Test
    fun anIteratorThatWaitsForItemsSeesTheShutdown() = play {
        val queue = Queue<Int>()
        val task = createTask { listOf(queue.items()) }
        yieldOnce()
        queue.putNowait(7)
        yieldTimes(3)
        assertEquals("<Queue size=0, getters=1, unfinished=1>", queue.toString())
        queue.shutdown()
        assertEquals(listOf(7), await(task))
    }

    @Test
    fun iteratorsOfOneQueueShareTheItemsAndClosingOneDoesNothingToTheQueue() = play {
        val queue = Queue<Int>()
        repeat(4) { queue.putNowait(it) }
        assertEquals(listOf(0, 1), listOf(queue.items().take(2)))
        val rest = queue.items()
        assertTrue(await(rest.advance()))
        await(rest.close())
        assertEquals(2, rest.current())
        queue.shutdown()
        assertEquals(listOf(3), listOf(queue.items()))
    }

    @Test
    fun whatCallsNoCodeOfTheUserNeedsNoStack() = face.run {
        val queue = Queue<Int>()
        val producer = createTask { repeat(5) { await(queue.put(it)) } }
        assertEquals(listOf(0, 1, 2), listOf(queue.items().take(3)))
        await(producer)
    }

    // ---- asCompleted

    @Test
    fun futuresComeAsTheyFinish() = play {
        val tasks = listOf(3, 1, 2).map { seconds ->
            createTask("$seconds") {
                sleep(seconds.toLong())
                seconds
            }
        }
        val results = Asyncio.asCompleted(tasks).futures().map { "${it.result()} at $now" }
        assertEquals(listOf("1 at 1", "2 at 2", "3 at 3"), listOf(results))
    }
}
