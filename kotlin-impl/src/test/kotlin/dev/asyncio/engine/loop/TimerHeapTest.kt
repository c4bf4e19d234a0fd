package dev.asyncio.engine.loop

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import kotlin.random.Random

/** The heap against a sorted list. */
internal class TimerHeapTest {
    private val heap = TimerHeap()

    @Test
    fun theEarliestComesFirstAndEqualOnesInOrderOfCreation() {
        val timers = listOf(3L, 1L, 2L, 1L, 3L, 1L).map { Timer(it) }
        timers.forEach(heap::add)
        assertEquals(timers.sortedBy { it.deadline }, drain())
    }

    @Test
    fun anyMixOfAddingCancellingAndRemovingKeepsTheOrder() {
        for (seed in 1..200) {
            val random = Random(seed)
            val model = ArrayList<Timer>()
            repeat(500) {
                when (random.nextInt(10)) {
                    in 0..4 -> {
                        val timer = Timer(random.nextLong(50))
                        heap.add(timer)
                        model.add(model.indexOfLast { it.deadline <= timer.deadline } + 1, timer)
                    }
                    in 5..7 -> if (model.isNotEmpty()) model.removeAt(random.nextInt(model.size)).cancel()
                    else -> {
                        assertSame(model.firstOrNull(), heap.peek(), "seed $seed")
                        if (model.isNotEmpty()) {
                            heap.removeFirst()
                            model.removeAt(0)
                        }
                    }
                }
            }
            assertEquals(model, drain(), "seed $seed")
        }
    }

    @Test
    fun aTimerKnowsWhetherItStandsInTheHeap() {
        val timers = List(1000) { Timer(it.toLong()) }
        timers.forEach(heap::add)
        timers.filterIndexed { i, _ -> i % 3 != 0 }.forEach { it.cancel() }
        val left = timers.filter { it.scheduled && !it.isCancelledTimer }
        assertEquals(timers.filterIndexed { i, _ -> i % 3 == 0 }, left)
        assertEquals(left, drain())
        assertEquals(emptyList<Timer>(), timers.filter { it.scheduled })
    }

    @Test
    fun aHeapThatWasRebuiltWithoutCancelledTimersTakesNewOnes() {
        val timers = List(400) { Timer((it * 7919L) % 400) }
        timers.forEach(heap::add)
        timers.drop(100).forEach { it.cancel() }
        assertTrue(heap.size < 400) { "nothing was dropped" }
        val more = List(600) { Timer((it * 7919L) % 600) }
        more.forEach(heap::add)
        assertEquals((timers.take(100) + more).sortedBy { it.deadline }, drain())
    }

    @Test
    fun cancelledTimersDoNotPileUp() {
        val lasting = List(10) { Timer(1_000_000L + it) }
        lasting.forEach(heap::add)
        repeat(100_000) {
            val timer = Timer(it.toLong())
            heap.add(timer)
            timer.cancel()
        }
        assertTrue(heap.size < 300) { "${heap.size} timers in the heap, of which ${lasting.size} can fire" }
    }

    @Test
    fun theLastOneIsGoneAsSoonAsItIsCancelled() {
        heap.add(Timer(1))
        val youngest = Timer(2)
        heap.add(youngest)
        youngest.cancel()
        assertEquals(1, heap.size)
    }

    @Test
    fun allCanBeTakenOut() {
        val timers = listOf(5L, 4L, 3L).map { Timer(it) }
        timers.forEach(heap::add)
        assertEquals(timers.toSet(), heap.takeAll().toSet())
        assertNull(heap.peek())
        assertEquals(emptyList<Timer>(), timers.filter { it.scheduled })
    }

    private fun drain(): List<TimerEntry> = generateSequence { heap.peek()?.also { heap.removeFirst() } }.toList()

    private inner class Timer(override val deadline: Long) : TimerEntry {
        override var scheduled = false
        override var isCancelledTimer = false

        fun cancel() {
            isCancelledTimer = true
            if (scheduled) heap.noteCancelled()
        }

        override fun toString(): String = "at $deadline"
    }
}
