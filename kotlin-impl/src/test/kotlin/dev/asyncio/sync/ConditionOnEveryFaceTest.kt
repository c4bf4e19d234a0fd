package dev.asyncio.sync

import dev.asyncio.support.Body
import dev.asyncio.support.Face
import dev.asyncio.support.Oops
import dev.asyncio.support.Trace
import dev.asyncio.support.describe
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource

/** asyncio's Condition: who is notified, and who has the lock. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class ConditionOnEveryFaceTest(private val face: Face) {
    private val trace = Trace()
    private val condition = Condition()

    private suspend fun Body.held(block: suspend Body.() -> Unit) = await(condition.hold(coroutine(block)))

    /** A task that waits to be notified and says so, or says what came instead; with the lock held in either case. */
    private fun Body.waiter(name: String) = createTask(name) {
        held {
            try {
                assertEquals(true, await(condition.waitForNotify()))
                trace.add(name)
            } catch (e: Throwable) {
                trace.add("$name ${describe(e)}")
                throw e
            } finally {
                assertTrue(condition.locked(), "$name came back without the lock")
            }
        }
    }

    // ---- notification

    @Test
    fun notifyWakesAsManyAsItSaysInTheOrderInWhichTheyCame() = face.run {
        val tasks = listOf("A", "B", "C", "D").map { waiter(it) }
        yieldTimes(5)
        held { condition.notifyWaiters(2) }
        await(tasks[0])
        await(tasks[1])
        trace.add("notified")
        held { condition.notifyAllWaiters() }
        await(tasks[2])
        await(tasks[3])
        trace.`is`("A", "B", "notified", "C", "D")
    }

    @Test
    fun whoIsNotifiedGoesOnOnlyWhenTheNotifierReleases() = face.run {
        val waiter = waiter("A")
        yieldOnce()
        held {
            condition.notifyWaiters(1)
            sleep(5)
            trace.add("released at $now")
        }
        await(waiter)
        trace.`is`("released at 5", "A")
    }

    @Test
    fun aNotificationThatFindsNobodyIsNotRemembered() = face.run {
        held { condition.notifyWaiters(1) }
        val waiter = waiter("A")
        yieldTimes(3)
        assertFalse(waiter.done())
        held { condition.notifyWaiters(1) }
        await(waiter)
    }

    @Test
    fun aSecondNotificationGoesToTheNextWhenTheFirstWasWokenAlready() = face.run {
        val tasks = listOf("A", "B").map { waiter(it) }
        yieldTimes(3)
        held {
            condition.notifyWaiters(1)
            condition.notifyWaiters(1)
        }
        tasks.forEach { await(it) }
        trace.`is`("A", "B")
    }

    @Test
    fun notifyingNobodyOrLessDoesNothing() = face.run {
        val waiter = waiter("A")
        yieldOnce()
        held {
            condition.notifyWaiters(0)
            condition.notifyWaiters(-1)
        }
        yieldTimes(3)
        assertFalse(waiter.done())
        held { condition.notifyAllWaiters() }
        await(waiter)
    }

    // ---- predicates

    @Test
    fun aPredicateThatHoldsNeedsNoWait() = face.run {
        loop.callSoon(trace.adding("another iteration"))
        held { assertEquals(true, await(condition.waitFor { true })) }
        trace.add("through")
        yieldOnce()
        trace.`is`("through", "another iteration")
    }

    @Test
    fun aPredicateIsTestedOnceInFrontAndAfterEachNotification() = face.run {
        var stock = 0
        val taker = createTask {
            held {
                await(
                    condition.waitFor {
                        trace.add("test $stock")
                        stock >= 2
                    },
                )
            }
        }
        yieldOnce()
        repeat(2) {
            held {
                stock++
                condition.notifyAllWaiters()
            }
            yieldTimes(3)
        }
        await(taker)
        trace.`is`("test 0", "test 1", "test 2")
    }

    @Test
    fun aPredicateThatFailsEndsTheWaitWithTheLockHeld() = face.run {
        await(condition.acquire())
        assertEquals("Oops: no idea", outcomeOf(condition.waitFor { throw Oops("no idea") }))
        assertTrue(condition.locked())
        condition.release()
    }

    // ---- cancellation

    /** A waits to be notified, and is cancelled while M has the lock: it waits for the lock first. */
    @Test
    fun aCancelledWaiterTakesTheLockBackFirst() = face.run {
        val waiter = waiter("A")
        yieldOnce()
        held {
            waiter.cancel("away")
            sleep(5)
            trace.add("released")
        }
        assertEquals("CancelledError: away", outcomeOf(waiter))
        trace.`is`("released", "A CancelledError: away")
    }

    /**
     * A is cancelled again and again while it waits for the lock: it takes it all the same, and keeps the last
     * message.
     */
    @Test
    fun aWaiterCancelledAgainWhileItTakesTheLockBackKeepsTheLastMessage() = face.run {
        val waiter = waiter("A")
        yieldOnce()
        held {
            waiter.cancel("first")
            yieldTimes(2)
            waiter.cancel("second")
            yieldTimes(2)
            waiter.cancel("third")
            yieldTimes(2)
            assertFalse(waiter.done())
            trace.add("released")
        }
        assertEquals("CancelledError: third", outcomeOf(waiter))
        trace.`is`("released", "A CancelledError: third")
    }

    /** A is notified, and cancelled while it waits for the lock. */
    @Test
    fun aNotifiedWaiterCancelledWhileItTakesTheLockBackPassesTheNotificationOn() = face.run {
        val a = waiter("A")
        val b = waiter("B")
        yieldTimes(3)
        held {
            condition.notifyWaiters(1)
            yieldTimes(2)
            a.cancel("away")
        }
        assertEquals("CancelledError: away", outcomeOf(a))
        await(b)
        trace.`is`("A CancelledError: away", "B")
    }

    /** A and B wait. M notifies one and cancels A, which was woken by that, in the same step. */
    @Test
    fun aWaiterCancelledAfterItWasNotifiedPassesTheNotificationOn() = face.run {
        val a = waiter("A")
        val b = waiter("B")
        yieldTimes(3)
        held {
            condition.notifyWaiters(1)
            a.cancel()
        }
        assertEquals("CancelledError", outcomeOf(a))
        await(b)
        trace.`is`("A CancelledError", "B")
    }

    /** A was never notified: one spurious wake-up of B is what the protocol allows, and what CPython gives. */
    @Test
    fun aWaiterCancelledWithoutNotificationWakesAnotherOneForNothing() = face.run {
        val a = waiter("A")
        val b = waiter("B")
        yieldTimes(3)
        a.cancel()
        assertEquals("CancelledError", outcomeOf(a))
        await(b)
        trace.`is`("A CancelledError", "B")
    }

    @Test
    fun aCancelledWaiterOfAPredicateHasTheLock() = face.run {
        val task = createTask {
            held {
                try {
                    await(condition.waitFor { false })
                } finally {
                    trace.add(condition.locked())
                }
            }
        }
        yieldOnce()
        task.cancel()
        assertEquals("CancelledError", outcomeOf(task))
        trace.`is`(true)
        assertFalse(condition.locked())
    }

    // ---- the lock

    @Test
    fun theLockMayBeGivenAndShared() = face.run {
        val lock = Lock()
        val one = Condition(lock)
        val other = Condition(lock)
        await(one.acquire())
        assertTrue(lock.locked() && other.locked())
        other.notifyAllWaiters()
        lock.release()
        assertFalse(one.locked())
        val task = createTask {
            await(one.hold(coroutine { await(one.waitForNotify()) }))
            trace.add("notified")
        }
        yieldOnce()
        await(other.hold(coroutine { other.notifyAllWaiters() }))
        yieldTimes(3)
        assertFalse(task.done(), "a notification of one condition woke a waiter of the other")
        await(lock.hold(coroutine { one.notifyAllWaiters() }))
        await(task)
    }

    @Test
    fun waitingReleasesTheLock() = face.run {
        val waiter = waiter("A")
        yieldOnce()
        assertFalse(condition.locked())
        held { condition.notifyAllWaiters() }
        await(waiter)
    }

    // ---- bad use

    @Test
    fun nothingGoesWithoutTheLock() = face.run {
        for (call in listOf({ condition.notifyWaiters(1) }, { condition.notifyAllWaiters() })) {
            val error = assertThrows(IllegalStateException::class.java) { call() }
            assertEquals("cannot notify on un-acquired lock", error.message)
        }
        assertEquals(
            "IllegalStateException: cannot wait on un-acquired lock",
            outcomeOf(condition.waitForNotify()),
        )
        assertEquals(
            "IllegalStateException: cannot wait on un-acquired lock",
            outcomeOf(condition.waitFor { false }),
        )
        assertEquals(
            "Lock is not acquired.",
            assertThrows(IllegalStateException::class.java) {
                condition.release()
            }.message,
        )
        assertEquals("<Condition unlocked>", condition.toString())
        held { condition.notifyAllWaiters() }
    }

    // ---- what it shows

    @Test
    fun showsItsState() = face.run {
        assertEquals("<Condition unlocked>", condition.toString())
        val tasks = listOf("A", "B").map { waiter(it) }
        yieldTimes(3)
        assertEquals("<Condition unlocked, waiters=2>", condition.toString())
        held {
            assertEquals("<Condition locked, waiters=2>", condition.toString())
            condition.notifyAllWaiters()
        }
        tasks.forEach { await(it) }
        assertEquals("<Condition unlocked>", condition.toString())
        assertEquals("Condition.waitForNotify", condition.waitForNotify().toString())
    }
}
