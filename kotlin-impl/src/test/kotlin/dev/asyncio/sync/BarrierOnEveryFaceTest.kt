package dev.asyncio.sync

import dev.asyncio.support.Body
import dev.asyncio.support.Face
import dev.asyncio.support.Trace
import dev.asyncio.support.describe
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource

/** asyncio's Barrier: rounds, and what breaks them. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class BarrierOnEveryFaceTest(private val face: Face) {
    private val trace = Trace()
    private val barrier = Barrier(3)

    /** A task that arrives and says which place it got, or what came instead. */
    private fun Body.party(name: String) = createTask(name) {
        try {
            trace.add("$name ${await(barrier.arrive())}")
        } catch (e: Throwable) {
            trace.add("$name ${describe(e)}")
        }
    }

    @Test
    fun theLastToArriveGoesOnFirstAndAllGetTheirPlaces() = face.run {
        val tasks = listOf("A", "B", "C").map { party(it) }
        tasks.forEach { await(it) }
        trace.`is`("C 2", "A 0", "B 1")
        assertEquals("<Barrier filling, waiters=0/3>", barrier.toString())
    }

    @Test
    fun theLastToArriveDoesNotYield() = face.run {
        val tasks = listOf("A", "B").map { party(it) }
        yieldTimes(3)
        loop.callSoon(trace.adding("another iteration"))
        assertEquals(2, await(barrier.arrive()))
        trace.add("M")
        tasks.forEach { await(it) }
        assertEquals(listOf("M", "another iteration"), trace.events().take(2))
    }

    @Test
    fun oneBarrierServesAnyNumberOfRounds() = face.run {
        val tasks = List(3) {
            createTask {
                repeat(3) { round ->
                    await(barrier.arrive())
                    trace.add(round)
                }
            }
        }
        tasks.forEach { await(it) }
        assertEquals(listOf(0, 0, 0, 1, 1, 1, 2, 2, 2), trace.events().map { it as Int }.sorted())
    }

    /** A, B and C are let go; D comes while A and B have not gone on yet, and is of the next round. */
    @Test
    fun whoComesWhileItDrainsWaitsForTheNextRound() = face.run {
        val first = listOf("A", "B").map { party(it) }
        yieldTimes(3)
        assertEquals(2, await(barrier.arrive()))
        assertEquals("<Barrier draining, waiters=0/3>", barrier.toString())
        assertEquals(0, barrier.nWaiting())
        val second = listOf("D", "E", "F").map { party(it) }
        (first + second).forEach { await(it) }
        assertEquals(setOf("A 0", "B 1"), trace.events().take(2).toSet())
        assertEquals(setOf("D 0", "E 1", "F 2"), trace.events().drop(2).toSet())
    }

    @Test
    fun aBarrierOfOneStopsNobody() = face.run {
        val one = Barrier(1)
        repeat(3) { assertEquals(0, await(one.arrive())) }
        assertEquals("<Barrier filling, waiters=0/1>", one.toString())
    }

    // ---- cancellation

    @Test
    fun aCancelledPartyLeavesAndBreaksNothing() = face.run {
        val a = party("A")
        val b = party("B")
        yieldTimes(3)
        assertEquals(2, barrier.nWaiting())
        a.cancel("away")
        await(a)
        assertEquals(1, barrier.nWaiting())
        assertFalse(barrier.broken())
        val others = listOf("C", "D").map { party(it) }
        (others + b).forEach { await(it) }
        assertEquals("A CancelledError: away", trace.events().first())
        assertEquals(3, trace.events().size - 1)
    }

    /** A and B wait, M arrives last, and A is cancelled before it has gone on. */
    @Test
    fun aPartyCancelledWhileItDrainsDoesNotHoldUpTheNextRound() = face.run {
        val a = party("A")
        val b = party("B")
        yieldTimes(3)
        await(barrier.arrive())
        a.cancel()
        await(a)
        await(b)
        val next = listOf("C", "D", "E").map { party(it) }
        next.forEach { await(it) }
        trace.`is`("A CancelledError", "B 1", "E 2", "C 0", "D 1")
    }

    // ---- reset and abort

    @Test
    fun resetFailsThoseWhoWaitAndTheBarrierIsAsNew() = face.run {
        val waiting = listOf("A", "B").map { party(it) }
        yieldTimes(3)
        await(barrier.reset())
        waiting.forEach { await(it) }
        val broken = "BrokenBarrierException: Abort or reset of barrier"
        trace.`is`("A $broken", "B $broken")
        assertFalse(barrier.broken())
        val next = listOf("C", "D", "E").map { party(it) }
        next.forEach { await(it) }
        assertEquals(listOf("E 2", "C 0", "D 1"), trace.events().drop(2))
    }

    @Test
    fun resetWhileNobodyWaitsDoesNothing() = face.run {
        await(barrier.reset())
        assertEquals("<Barrier filling, waiters=0/3>", barrier.toString())
    }

    /** A and B wait, M arrives last; D and a reset come before A and B have gone on. */
    @Test
    fun aResetWhileItDrainsFailsThoseWhoAreStillInsideAndNotThoseWhoWaitOutside() = face.run {
        val first = listOf("A", "B").map { party(it) }
        yieldTimes(3)
        val late = party("D")
        val reset = createTask { await(barrier.reset()) }
        assertEquals(2, await(barrier.arrive()))
        (first + reset).forEach { await(it) }
        yieldTimes(3)
        assertFalse(late.done())
        val others = listOf("E", "F").map { party(it) }
        (others + late).forEach { await(it) }
        val broken = "BrokenBarrierException: Abort or reset of barrier"
        trace.`is`("A $broken", "B $broken", "F 2", "D 0", "E 1")
    }

    @Test
    fun anAbortedBarrierFailsAllWhoWaitAndCome() = face.run {
        val waiting = listOf("A", "B").map { party(it) }
        yieldTimes(3)
        await(barrier.abort())
        waiting.forEach { await(it) }
        await(party("C"))
        assertTrue(barrier.broken())
        assertEquals("<Barrier broken>", barrier.toString())
        trace.`is`(
            "A BrokenBarrierException: Abort or reset of barrier",
            "B BrokenBarrierException: Abort or reset of barrier",
            "C BrokenBarrierException: Barrier aborted",
        )
        await(barrier.reset())
        assertFalse(barrier.broken())
        listOf("D", "E", "F").map { party(it) }.forEach { await(it) }
    }

    // ---- bad use

    @Test
    fun aBarrierOfNoneIsRefused() {
        for (parties in listOf(0, -1)) {
            val error = assertThrows(IllegalArgumentException::class.java) { Barrier(parties) }
            assertEquals("parties must be > 0, is $parties", error.message)
        }
    }

    // ---- what it shows

    @Test
    fun showsItsState() = face.run {
        assertEquals(3, barrier.parties())
        assertEquals("<Barrier filling, waiters=0/3>", barrier.toString())
        val tasks = listOf("A", "B").map { party(it) }
        yieldTimes(3)
        assertEquals("<Barrier filling, waiters=2/3>", barrier.toString())
        await(barrier.reset())
        assertEquals("<Barrier resetting, waiters=0/3>", barrier.toString())
        tasks.forEach { await(it) }
        assertEquals("<Barrier filling, waiters=0/3>", barrier.toString())
    }
}
