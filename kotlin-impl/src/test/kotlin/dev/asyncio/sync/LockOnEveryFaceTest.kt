package dev.asyncio.sync

import dev.asyncio.DeadlockException
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

/** asyncio's Lock: who gets it when. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class LockOnEveryFaceTest(private val face: Face) {
    private val trace = Trace()
    private val lock = Lock()

    /** A task that gets the lock, says so, and releases it after [seconds]. */
    private fun Body.contender(name: String, seconds: Long = 0) = createTask(name) {
        await(lock.acquire())
        trace.add("$name has it")
        try {
            sleep(seconds)
        } finally {
            lock.release()
        }
    }

    // ---- without contention

    @Test
    fun aFreeLockIsTakenWithoutYielding() = face.run {
        loop.callSoon(trace.adding("another iteration"))
        assertEquals(true, await(lock.acquire()))
        lock.release()
        await(lock.acquire())
        trace.add("mine")
        assertTrue(lock.locked())
        lock.release()
        assertFalse(lock.locked())
        yieldOnce()
        trace.`is`("mine", "another iteration")
    }

    @Test
    fun aLockHasNoOwner() = face.run {
        await(lock.acquire())
        await(createTask { lock.release() })
        assertFalse(lock.locked())
    }

    @Test
    fun aTaskThatLocksTwiceWaitsForItself() {
        val error = assertThrows(DeadlockException::class.java) {
            face.run {
                await(lock.acquire())
                await(lock.acquire())
            }
        }
        assertTrue("main" in error.message!! || "Task-" in error.message!!, error.message)
    }

    // ---- order

    @Test
    fun waitersGetItInTheOrderInWhichTheyCame() = face.run {
        await(lock.acquire())
        val tasks = listOf("A", "B", "C").map { contender(it) }
        yieldOnce()
        trace.add("released")
        lock.release()
        tasks.forEach { await(it) }
        trace.`is`("released", "A has it", "B has it", "C has it")
    }

    @Test
    fun theLockIsUnlockedUntilTheWokenWaiterRuns() = face.run {
        await(lock.acquire())
        val waiter = contender("A", 1)
        yieldOnce()
        lock.release()
        assertFalse(lock.locked())
        yieldOnce()
        assertTrue(lock.locked())
        await(waiter)
    }

    /** M holds the lock, A waits. M releases and wants it again at once: A comes first. */
    @Test
    fun nobodyOvertakesAWokenWaiterThatHasNotRunYet() = face.run {
        await(lock.acquire())
        val waiter = contender("A")
        yieldOnce()
        lock.release()
        await(lock.acquire())
        trace.add("M has it")
        lock.release()
        await(waiter)
        trace.`is`("A has it", "M has it")
    }

    @Test
    fun eachReleaseLetsOneWaiterOnInTheNextIteration() = face.run {
        await(lock.acquire())
        repeat(2) { number ->
            createTask {
                await(lock.acquire())
                trace.add("waiter $number")
                lock.release()
            }
        }
        yieldOnce()
        lock.release()
        for (i in 1..3) {
            loop.callSoon(trace.adding("iteration $i"))
            yieldOnce()
        }
        trace.`is`("waiter 0", "iteration 1", "waiter 1", "iteration 2", "iteration 3")
    }

    // ---- cancellation

    /** M holds the lock; A, B and C wait; B is cancelled. */
    @Test
    fun aCancelledWaiterLeavesTheOthersInTheirOrder() = face.run {
        await(lock.acquire())
        val a = contender("A")
        val b = contender("B")
        val c = contender("C")
        yieldOnce()
        b.cancel("not you")
        assertEquals("CancelledError: not you", outcomeOf(b))
        assertTrue(lock.locked(), "a cancelled waiter touched a lock that somebody holds")
        assertEquals("<Lock locked, waiters=2>", lock.toString())
        lock.release()
        await(a)
        await(c)
        trace.`is`("A has it", "C has it")
    }

    /** M holds the lock; A and B wait. M releases and cancels A, which was woken by that and has not run yet. */
    @Test
    fun aWaiterCancelledAfterItWasWokenPassesTheLockOn() = face.run {
        await(lock.acquire())
        val a = contender("A")
        val b = contender("B")
        yieldOnce()
        lock.release()
        a.cancel()
        assertEquals("CancelledError", outcomeOf(a))
        await(b)
        trace.`is`("B has it")
        assertEquals("<Lock unlocked>", lock.toString())
    }

    /**
     * The same in the other order: the release finds a cancelled waiter at the head, which will wake the next itself.
     */
    @Test
    fun aReleaseThatFindsACancelledWaiterIsPassedOnWhenThatOneRuns() = face.run {
        await(lock.acquire())
        val a = contender("A")
        val b = contender("B")
        yieldOnce()
        a.cancel()
        lock.release()
        for (i in 1..2) {
            loop.callSoon(trace.adding("iteration $i"))
            yieldOnce()
        }
        await(b)
        assertTrue(a.cancelled())
        trace.`is`("iteration 1", "B has it", "iteration 2")
    }

    /** M holds the lock; A waits. A is cancelled, M releases, and takes the lock again before A has run. */
    @Test
    fun whenAllWaitersAreCancelledTheLockIsFreeAtOnce() = face.run {
        await(lock.acquire())
        val a = contender("A")
        yieldOnce()
        a.cancel()
        lock.release()
        loop.callSoon(trace.adding("another iteration"))
        await(lock.acquire())
        trace.add("M has it")
        assertEquals("CancelledError", outcomeOf(a))
        assertTrue(lock.locked(), "the cancelled waiter took the lock from its holder")
        lock.release()
        trace.`is`("M has it", "another iteration")
    }

    /** M holds the lock; A, B and C wait. M releases; A, woken, and B are cancelled in that very step. */
    @Test
    fun theWakeUpIsPassedOnPastAnotherCancelledWaiter() = face.run {
        await(lock.acquire())
        val tasks = listOf("A", "B", "C").map { contender(it) }
        yieldOnce()
        lock.release()
        tasks[0].cancel()
        tasks[1].cancel()
        await(tasks[2])
        assertTrue(tasks[0].cancelled() && tasks[1].cancelled())
        trace.`is`("C has it")
        assertEquals("<Lock unlocked>", lock.toString())
    }

    // ---- hold

    @Test
    fun aHeldBlockGivesItsResultAndReleasesTheLock() = face.run {
        val result = await(
            lock.hold(
                coroutine {
                    assertTrue(lock.locked())
                    sleep(1)
                    7
                },
            ),
        )
        assertEquals(7, result)
        assertFalse(lock.locked())
    }

    @Test
    fun aHeldBlockThatFailsReleasesTheLock() = face.run {
        assertEquals("Oops: in the block", outcomeOf(lock.hold(coroutine { throw Oops("in the block") })))
        assertFalse(lock.locked())
    }

    @Test
    fun aHeldBlockThatIsCancelledReleasesTheLock() = face.run {
        val task = createTask { await(lock.hold(coroutine { sleep(100) })) }
        val next = contender("next")
        yieldOnce()
        task.cancel("enough")
        assertEquals("CancelledError: enough", outcomeOf(task))
        await(next)
        trace.`is`("next has it")
    }

    @Test
    fun aBlockThatWaitsForTheLockIsNotRunWhenItIsCancelled() = face.run {
        await(lock.acquire())
        val task = createTask { await(lock.hold(coroutine { trace.add("the block") })) }
        yieldOnce()
        task.cancel()
        assertEquals("CancelledError", outcomeOf(task))
        assertTrue(lock.locked())
        lock.release()
        trace.`is`()
    }

    @Test
    fun blocksExcludeEachOther() = face.run {
        var inside = 0
        val tasks = List(5) {
            createTask {
                await(
                    lock.hold(
                        coroutine {
                            assertEquals(1, ++inside)
                            sleep(1)
                            inside--
                        },
                    ),
                )
            }
        }
        tasks.forEach { await(it) }
        assertEquals(5, now)
    }

    @Test
    fun whatIsHeldIsReleasedOnce() = face.run {
        val held = await(lock.hold())
        assertEquals("<Held <Lock locked>>", held.toString())
        held.close()
        await(lock.acquire())
        held.close()
        assertTrue(lock.locked(), "a second close released what another holds")
        assertEquals("<Held <Lock locked> closed>", held.toString())
        lock.release()
    }

    @Test
    fun holdStandsInLine() = face.run {
        await(lock.acquire())
        val task = createTask {
            val held = await(lock.hold())
            trace.add("held")
            held.close()
        }
        yieldOnce()
        trace.add("released")
        lock.release()
        await(task)
        trace.`is`("released", "held")
        assertFalse(lock.locked())
    }

    // ---- bad use

    @Test
    fun aLockThatIsNotLockedCannotBeReleased() = face.run {
        val error = assertThrows(IllegalStateException::class.java) { lock.release() }
        assertEquals("Lock is not acquired.", error.message)
        assertEquals("<Lock unlocked>", lock.toString())
        await(lock.acquire())
        lock.release()
    }

    /** M holds the lock, A waits. M releases twice: the second time it is A's, which has not run yet. */
    @Test
    fun aSecondReleaseIsRefusedAndTakesNothingFromTheWokenWaiter() = face.run {
        await(lock.acquire())
        val a = contender("A")
        yieldOnce()
        lock.release()
        assertEquals(
            "Lock is not acquired.",
            assertThrows(IllegalStateException::class.java) {
                lock.release()
            }.message,
        )
        await(a)
        trace.`is`("A has it")
    }

    @Test
    fun aBlockThatReleasedItsLockItselfFailsAtItsEnd() = face.run {
        val task = createTask { await(lock.hold(coroutine { lock.release() })) }
        assertEquals("IllegalStateException: Lock is not acquired.", outcomeOf(task))
        assertFalse(lock.locked())
    }

    // ---- what it shows

    @Test
    fun showsItsState() = face.run {
        assertEquals("<Lock unlocked>", lock.toString())
        await(lock.acquire())
        assertEquals("<Lock locked>", lock.toString())
        val tasks = listOf(contender("A"), contender("B"))
        yieldOnce()
        assertEquals("<Lock locked, waiters=2>", lock.toString())
        lock.release()
        assertEquals("<Lock unlocked, waiters=2>", lock.toString())
        tasks.forEach { await(it) }
        assertEquals("<Lock unlocked>", lock.toString())
        assertEquals("Lock.acquire", lock.acquire().toString())
    }

    @Test
    fun aWaitingTaskShowsWhatItRuns() = face.run {
        await(lock.acquire())
        val task = dev.asyncio.Asyncio.createTask(lock.acquire(), "waits")
        yieldOnce()
        assertTrue("coroutine=Lock.acquire" in task.toString(), task.toString())
        task.cancel()
        assertEquals("CancelledError", describe(runCatching { await(task) }.exceptionOrNull()!!))
        lock.release()
    }
}
