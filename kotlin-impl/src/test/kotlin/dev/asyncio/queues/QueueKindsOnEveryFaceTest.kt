package dev.asyncio.queues

import dev.asyncio.support.Face
import dev.asyncio.support.Oops
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource
import kotlin.random.Random

/** Queues that give their items in another order than that of arrival. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class QueueKindsOnEveryFaceTest(private val face: Face) {
    private class Job(val priority: Int, val name: String)

    private fun <T> Queue<T>.drain(): List<T> = List(qsize()) { getNowait() }

    @Test
    fun aLifoQueueGivesTheYoungestFirst() = face.run {
        val queue = LifoQueue<Int>(3)
        repeat(3) { await(queue.put(it)) }
        assertTrue(queue.full())
        assertEquals(listOf(2, 1, 0), List(3) { await(queue.get()) })
    }

    @Test
    fun aPriorityQueueGivesTheSmallestFirst() = face.run {
        val queue = PriorityQueue<Int>()
        val items = List(500) { Random(7).nextInt() } + List(500) { it }
        items.shuffled(Random(8)).forEach { await(queue.put(it)) }
        assertEquals(items.sorted(), queue.drain())
    }

    @Test
    fun equalPrioritiesComeInTheOrderInWhichTheyWerePut() = face.run {
        val queue = PriorityQueue<Job>(Comparator.comparingInt { it.priority })
        val random = Random(9)
        val jobs = List(500) { Job(random.nextInt(5), "job $it") }
        jobs.forEach { queue.putNowait(it) }
        assertEquals(jobs.sortedBy { it.priority }.map { it.name }, queue.drain().map { it.name })
    }

    @Test
    fun theOrderHoldsWhileItemsComeAndGo() = face.run {
        val queue = PriorityQueue<Job>(Comparator.comparingInt { it.priority })
        val random = Random(10)
        val model = ArrayList<Job>()
        repeat(5000) {
            if (model.isEmpty() || random.nextInt(5) < 3) {
                val job = Job(random.nextInt(20), "job $it")
                model.add(job)
                queue.putNowait(job)
            } else {
                val smallest = model.minBy { job -> job.priority }
                model.remove(smallest)
                assertEquals(smallest.name, queue.getNowait().name)
            }
        }
    }

    @Test
    fun aPriorityQueueHasItsLimitAndItsComparator() = face.run {
        val queue = PriorityQueue<String>(2, reverseOrder())
        queue.putNowait("a")
        queue.putNowait("b")
        val putter = createTask { await(queue.put("c")) }
        yieldOnce()
        assertEquals("b", await(queue.get()))
        await(putter)
        assertEquals(listOf("c", "a"), queue.drain())
    }

    @Test
    fun aComparatorMayKnowNull() = face.run {
        val queue = PriorityQueue<Int?>(nullsFirst(naturalOrder<Int>()))
        listOf(2, null, 1).forEach { queue.putNowait(it) }
        assertEquals(listOf(null, 1, 2), queue.drain())
    }

    // ---- items that cannot be compared

    @Test
    fun anItemThatCannotBeComparedLeavesTheQueueAsItWas() = face.run {
        val queue = PriorityQueue<Any?>()
        listOf(3, 1, 2).forEach { queue.putNowait(it) }
        for (item in listOf("text", Any(), null)) {
            val error = assertThrows(IllegalArgumentException::class.java) { queue.putNowait(item) }
            assertTrue("PriorityQueue cannot compare" in error.message!!, error.message)
            assertTrue("IllegalArgumentException" in outcomeOf(queue.put(item)))
        }
        assertEquals("<PriorityQueue size=3, unfinished=3>", queue.toString())
        assertEquals(listOf<Any?>(1, 2, 3), queue.drain())
        repeat(3) { queue.taskDone() }
        await(queue.join())
    }

    /** G waits; an item that cannot be compared wakes nobody. */
    @Test
    fun aFailedPutWakesNobody() = face.run {
        val queue = PriorityQueue<Any>()
        queue.putNowait(1)
        assertThrows(IllegalArgumentException::class.java) { queue.putNowait("text") }
        assertEquals(1, queue.getNowait())
        val getter = createTask { await(queue.get()) }
        yieldTimes(3)
        assertEquals("<PriorityQueue size=0, getters=1, unfinished=1>", queue.toString())
        queue.putNowait(2)
        assertEquals(2, await(getter))
    }

    @Test
    fun aSingleItemIsComparedWithNothing() = face.run {
        val queue = PriorityQueue<Any?>()
        val item = Any()
        await(queue.put(item))
        assertTrue(item === await(queue.get()))
        queue.putNowait(null)
        assertEquals(null, queue.getNowait())
    }

    /** W waits for room, with an item that turns out not to be comparable when there is some. */
    @Test
    fun aWaitingPutterThatFailsLeavesTheRoomToTheNext() = face.run {
        val queue = PriorityQueue<Any>(2)
        listOf(1, 2).forEach { queue.putNowait(it) }
        val bad = createTask { await(queue.put("text")) }
        val good = createTask { await(queue.put(3)) }
        yieldOnce()
        assertEquals(1, queue.getNowait())
        assertTrue("IllegalArgumentException" in outcomeOf(bad))
        await(good)
        assertEquals(listOf<Any>(2, 3), queue.drain())
    }

    @Test
    fun whatAComparatorThrowsIsThrownAndTheQueueIsAsItWas() = face.run {
        var broken = false
        val queue = PriorityQueue<Int> { a, b -> if (broken) throw Oops("broken") else a.compareTo(b) }
        listOf(5, 3, 4, 1, 2).forEach { queue.putNowait(it) }
        broken = true
        assertThrows(Oops::class.java) { queue.putNowait(0) }
        assertThrows(Oops::class.java) { queue.getNowait() }
        assertEquals("Oops: broken", outcomeOf(queue.get()))
        broken = false
        assertEquals(listOf(1, 2, 3, 4, 5), queue.drain())
    }
}
