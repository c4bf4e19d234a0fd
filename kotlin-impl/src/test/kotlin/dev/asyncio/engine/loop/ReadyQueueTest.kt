package dev.asyncio.engine.loop

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Test
import kotlin.random.Random

/** The ring of ready handles against a plain queue, over many laps and while it grows. */
internal class ReadyQueueTest {
    private val ready = ReadyQueue()
    private val model = ArrayDeque<ReadyItem>()

    @Test
    fun firstInIsFirstOutAtAnyLength() {
        for (longest in listOf(1, 63, 64, 65, 1_000)) {
            val random = Random(longest)
            repeat(50) {
                repeat(random.nextInt(longest - model.size + 1)) { add() }
                repeat(random.nextInt(model.size + 1)) { poll() }
            }
        }
        drain()
    }

    @Test
    fun itemsKeepTheirOrderWhileTheRingGoesRound() {
        repeat(40) { add() }
        repeat(20_000) {
            add()
            poll()
        }
        drain()
    }

    @Test
    fun whatIsTakenAtTheEndIsAllOfItInOrder() {
        repeat(100) { add() }
        repeat(70) { poll() }
        repeat(90) { add() }
        assertEquals(model.toList(), ready.takeAll())
        assertEquals(0, ready.size)
    }

    private fun add() {
        val item = readyItem {}
        ready.add(item)
        model.addLast(item)
        assertEquals(model.size, ready.size)
    }

    private fun poll() {
        assertSame(model.removeFirst(), ready.poll())
        assertEquals(model.size, ready.size)
    }

    private fun drain() {
        while (model.isNotEmpty()) poll()
    }
}
