package dev.asyncio.sync

import dev.asyncio.support.Body
import dev.asyncio.support.Face
import dev.asyncio.support.Trace
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource

/** asyncio's Event: whom it wakes. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class EventOnEveryFaceTest(private val face: Face) {
    private val trace = Trace()
    private val event = Event()

    private fun Body.waiter(name: String) = createTask(name) {
        assertEquals(true, await(event.waitUntilSet()))
        trace.add(name)
    }

    @Test
    fun whoComesToASetEventDoesNotYield() = face.run {
        event.set()
        loop.callSoon(trace.adding("another iteration"))
        assertEquals(true, await(event.waitUntilSet()))
        trace.add("through")
        yieldOnce()
        trace.`is`("through", "another iteration")
    }

    @Test
    fun setWakesAllInTheOrderInWhichTheyCame() = face.run {
        val tasks = listOf("A", "B", "C").map { waiter(it) }
        yieldOnce()
        event.set()
        trace.add("set")
        loop.callSoon(trace.adding("next iteration"))
        tasks.forEach { await(it) }
        trace.`is`("set", "A", "B", "C", "next iteration")
    }

    @Test
    fun whoWasWokenGoesOnThoughTheEventIsClearedBeforeItRuns() = face.run {
        val waiter = waiter("A")
        yieldOnce()
        event.set()
        event.clear()
        await(waiter)
        assertFalse(event.isSet)
        trace.`is`("A")
    }

    @Test
    fun whoComesAfterClearWaitsAgain() = face.run {
        event.set()
        event.clear()
        val waiter = waiter("A")
        yieldTimes(3)
        assertFalse(waiter.done())
        event.set()
        await(waiter)
    }

    @Test
    fun settingASetEventDoesNothing() = face.run {
        event.set()
        event.set()
        assertTrue(event.isSet)
        event.clear()
        event.clear()
        assertFalse(event.isSet)
    }

    /** A and B wait. The event is set, which wakes both, and B is cancelled before it runs. */
    @Test
    fun aWaiterCancelledAfterItWasWokenDoesNotDisturbTheOthers() = face.run {
        val a = waiter("A")
        val b = waiter("B")
        yieldOnce()
        event.set()
        b.cancel()
        await(a)
        assertEquals("CancelledError", outcomeOf(b))
        trace.`is`("A")
        assertEquals("<Event set>", event.toString())
    }

    @Test
    fun aCancelledWaiterLeavesNothingBehind() = face.run {
        val waiter = waiter("A")
        yieldOnce()
        assertEquals("<Event unset, waiters=1>", event.toString())
        waiter.cancel("why")
        assertEquals("CancelledError: why", outcomeOf(waiter))
        assertEquals("<Event unset>", event.toString())
        assertFalse(event.isSet)
    }

    @Test
    fun showsItsState() = face.run {
        assertEquals("<Event unset>", event.toString())
        val tasks = listOf(waiter("A"), waiter("B"))
        yieldOnce()
        assertEquals("<Event unset, waiters=2>", event.toString())
        event.set()
        assertEquals("<Event set, waiters=2>", event.toString())
        tasks.forEach { await(it) }
        assertEquals("<Event set>", event.toString())
        assertEquals("Event.waitUntilSet", event.waitUntilSet().toString())
    }
}
