package dev.asyncio.sync

import dev.asyncio.support.Body
import dev.asyncio.support.Face
import dev.asyncio.support.Oops
import dev.asyncio.support.Trace
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource

/** asyncio's Semaphore and BoundedSemaphore: who gets a slot when. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class SemaphoreOnEveryFaceTest(private val face: Face) {
    private val trace = Trace()

    /** A task that takes a slot, says so, and keeps it. */
    private fun Body.taker(semaphore: Semaphore, name: String) = createTask(name) {
        assertEquals(true, await(semaphore.acquire()))
        trace.add(name)
    }

    // ---- without contention

    @Test
    fun freeSlotsAreTakenWithoutYielding() = face.run {
        val semaphore = Semaphore(2)
        loop.callSoon(trace.adding("another iteration"))
        await(semaphore.acquire())
        await(semaphore.acquire())
        trace.add("both")
        assertTrue(semaphore.locked())
        yieldOnce()
        trace.`is`("both", "another iteration")
    }

    @Test
    fun theValueIsOneUnlessToldOtherwise() = face.run {
        for (semaphore in listOf(Semaphore(), BoundedSemaphore())) {
            assertFalse(semaphore.locked())
            await(semaphore.acquire())
            assertTrue(semaphore.locked())
            semaphore.release()
        }
    }

    @Test
    fun aValueOfZeroLetsNobodyThroughUntilARelease() = face.run {
        val semaphore = Semaphore(0)
        val task = taker(semaphore, "A")
        yieldTimes(3)
        assertFalse(task.done())
        semaphore.release()
        await(task)
    }

    @Test
    fun aPlainSemaphoreGrows() = face.run {
        val semaphore = Semaphore(0)
        repeat(3) { semaphore.release() }
        repeat(3) { await(semaphore.acquire()) }
        assertTrue(semaphore.locked())
    }

    // ---- order

    @Test
    fun severalReleasesWakeAsManyWaitersInTheOrderInWhichTheyCame() = face.run {
        val semaphore = Semaphore(0)
        val tasks = listOf("A", "B", "C").map { taker(semaphore, it) }
        yieldOnce()
        repeat(3) { semaphore.release() }
        loop.callSoon(trace.adding("next iteration"))
        tasks.forEach { await(it) }
        yieldOnce()
        trace.`is`("A", "B", "C", "next iteration")
        assertTrue(semaphore.locked())
    }

    /** A waits. M releases and wants a slot at once: the one that came free is A's, though A has not run. */
    @Test
    fun aNewcomerCannotStealTheSlotOfAWokenWaiter() = face.run {
        val semaphore = Semaphore(1)
        await(semaphore.acquire())
        val a = createTask {
            await(semaphore.acquire())
            trace.add("A")
            semaphore.release()
        }
        yieldOnce()
        semaphore.release()
        assertTrue(semaphore.locked())
        await(semaphore.acquire())
        trace.add("M")
        await(a)
        trace.`is`("A", "M")
    }

    /**
     * A waits, two slots come free, A is woken for one of them. B comes before A runs and has to stand in line, though
     * there is a slot; A lets B have it when it runs.
     */
    @Test
    fun aSlotIsNotStrandedWhenANewcomerHadToStandInLine() = face.run {
        val semaphore = Semaphore(0)
        val a = taker(semaphore, "A")
        yieldOnce()
        semaphore.release()
        semaphore.release()
        assertEquals("<Semaphore locked, waiters=1>", semaphore.toString())
        val b = taker(semaphore, "B")
        await(a)
        await(b)
        trace.`is`("A", "B")
        assertTrue(semaphore.locked())
    }

    // ---- cancellation

    @Test
    fun aWaiterCancelledBeforeItWasWokenTakesNoSlot() = face.run {
        val semaphore = Semaphore(0)
        val a = taker(semaphore, "A")
        val b = taker(semaphore, "B")
        yieldOnce()
        a.cancel("away")
        semaphore.release()
        assertEquals("CancelledError: away", outcomeOf(a))
        await(b)
        assertTrue(semaphore.locked())
        trace.`is`("B")
    }

    /** A and B wait. M releases and cancels A, which was woken by that and has not run yet. */
    @Test
    fun aWaiterCancelledAfterItWasWokenPassesItsSlotOn() = face.run {
        val semaphore = Semaphore(0)
        val a = taker(semaphore, "A")
        val b = taker(semaphore, "B")
        yieldOnce()
        semaphore.release()
        a.cancel()
        assertEquals("CancelledError", outcomeOf(a))
        await(b)
        assertTrue(semaphore.locked())
        trace.`is`("B")
    }

    @Test
    fun aSlotThatComesBackFromACancelledWaiterIsFreeWhereNobodyWaits() = face.run {
        val semaphore = BoundedSemaphore(1)
        await(semaphore.acquire())
        val a = taker(semaphore, "A")
        yieldOnce()
        semaphore.release()
        a.cancel()
        assertEquals("CancelledError", outcomeOf(a))
        assertEquals("<BoundedSemaphore unlocked, value=1>", semaphore.toString())
        trace.`is`()
    }

    /** A, B and C wait; two slots come free; A and B, woken, are cancelled: C gets one, the other stays. */
    @Test
    fun slotsOfSeveralCancelledWaitersAreNeitherLostNorDoubled() = face.run {
        val semaphore = Semaphore(0)
        val tasks = listOf("A", "B", "C").map { taker(semaphore, it) }
        yieldOnce()
        semaphore.release()
        semaphore.release()
        tasks[0].cancel()
        tasks[1].cancel()
        tasks.forEach { outcomeOf(it) }
        trace.`is`("C")
        assertEquals("<Semaphore unlocked, value=1>", semaphore.toString())
    }

    // ---- hold

    @Test
    fun aHeldBlockGivesTheSlotBackHoweverItEnds() = face.run {
        val semaphore = BoundedSemaphore(1)
        assertEquals(7, await(semaphore.hold(coroutine { 7 })))
        assertEquals("Oops: in the block", outcomeOf(semaphore.hold(coroutine { throw Oops("in the block") })))
        val task = createTask { await(semaphore.hold(coroutine { sleep(100) })) }
        yieldOnce()
        task.cancel()
        assertEquals("CancelledError", outcomeOf(task))
        await(semaphore.hold()).close()
        assertEquals("<BoundedSemaphore unlocked, value=1>", semaphore.toString())
    }

    @Test
    fun asManyBlocksAsThereAreSlotsRunAtATime() = face.run {
        val semaphore = Semaphore(3)
        var inside = 0
        var most = 0
        val tasks = List(10) {
            createTask {
                await(
                    semaphore.hold(
                        coroutine {
                            most = maxOf(most, ++inside)
                            sleep(1)
                            inside--
                        },
                    ),
                )
            }
        }
        tasks.forEach { await(it) }
        assertEquals(3, most)
        assertEquals(4, now)
    }

    // ---- bad use

    @Test
    fun aNegativeValueIsRefused() {
        for (make in listOf({ Semaphore(-1) }, { BoundedSemaphore(-1) })) {
            val error = assertThrows(IllegalArgumentException::class.java) { make() }
            assertEquals("Semaphore initial value must be >= 0, is -1", error.message)
        }
    }

    @Test
    fun aBoundedSemaphoreCannotBeReleasedTooOften() = face.run {
        val semaphore = BoundedSemaphore(2)
        await(semaphore.acquire())
        semaphore.release()
        val error = assertThrows(IllegalArgumentException::class.java) { semaphore.release() }
        assertEquals("BoundedSemaphore released too many times", error.message)
        assertEquals("<BoundedSemaphore unlocked, value=2>", semaphore.toString())
    }

    // ---- what it shows

    @Test
    fun showsItsState() = face.run {
        val semaphore = Semaphore(2)
        assertEquals("<Semaphore unlocked, value=2>", semaphore.toString())
        await(semaphore.acquire())
        await(semaphore.acquire())
        assertEquals("<Semaphore locked>", semaphore.toString())
        val tasks = listOf("A", "B").map { taker(semaphore, it) }
        yieldOnce()
        assertEquals("<Semaphore locked, waiters=2>", semaphore.toString())
        repeat(3) { semaphore.release() }
        tasks.forEach { await(it) }
        assertEquals("<Semaphore unlocked, value=1>", semaphore.toString())
        assertEquals("BoundedSemaphore.acquire", BoundedSemaphore(1).acquire().toString())
    }
}
