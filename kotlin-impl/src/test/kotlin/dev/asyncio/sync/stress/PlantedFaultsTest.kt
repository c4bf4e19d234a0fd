package dev.asyncio.sync.stress

import dev.asyncio.engine.sync.LockImpl
import dev.asyncio.engine.sync.SemaphoreImpl
import dev.asyncio.engine.sync.Waiter
import dev.asyncio.engine.sync.Waiters
import dev.asyncio.engine.sync.WakeOrder
import dev.asyncio.support.Face
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** The stress test finds what it is there for: each of these engines is broken on purpose. */
class PlantedFaultsTest {
    /** What the first of the rounds that finds something says. */
    private fun finding(makeBench: Round.() -> Bench): String? = (1L..ROUNDS).firstNotNullOfOrNull { seed ->
        Round(seed, Face.KOTLIN, STEPS) { listOf(makeBench()) }.run()
    }

    private fun assertFound(what: String, makeBench: Round.() -> Bench) {
        val finding = finding(makeBench)
        assertNotNull(finding, "nothing was found")
        assertTrue(what in finding!!, finding)
    }

    // ---- wake-up lost on cancel

    @Test
    fun aLockThatForgetsTheWakeUpOfACancelledWaiter() = assertFound("a wake-up was lost") {
        val line = Waiters(WakeOrder.HEAD_ONLY)
        LockBench(this, line, ForgetfulLock(line))
    }

    @Test
    fun aSemaphoreThatForgetsTheSlotOfACancelledWaiter() = assertFound("0 are held, 0 on their way and 0 free") {
        val line = Waiters()
        SemaphoreBench(this, 1, bounded = false, line, ForgetfulSemaphore(line))
    }

    // ---- youngest first

    @Test
    fun aLockThatWakesTheYoungestFirst() = assertFound("not the first in line was woken") {
        LockBench(this, Waiters({ line -> youngest(line).takeUnless { line.first?.done() == true } }))
    }

    @Test
    fun aSemaphoreThatWakesTheYoungestFirst() = assertFound("not the first in line was woken") {
        SemaphoreBench(this, 1, bounded = false, Waiters(::youngest))
    }

    @Test
    fun anEventThatWakesTheYoungestFirst() = assertFound("overtook") { EventBench(this, Waiters(::youngest)) }

    @Test
    fun aConditionThatWakesTheYoungestFirst() = assertFound("not the first in line was woken") {
        ConditionBench(this, line = Waiters(::youngest))
    }

    @Test
    fun aQueueThatWakesTheYoungestFirst() = assertFound("not the first in line was woken") {
        QueueBench(this, QueueKind.FIFO, 1, getterLine = Waiters(::youngest, leavesWhenWoken = true))
    }

    // ---- release of another's lock

    @Test
    fun aLockThatACancelledWaiterReleases() = assertFound("it is <Lock unlocked") {
        val line = Waiters(WakeOrder.HEAD_ONLY)
        LockBench(this, line, LockReleasedByAnybody(line))
    }

    // ---- and no fault

    @Test
    fun nothingIsFoundWhereNothingIsWrong() {
        assertNull(finding { LockBench(this) })
        assertNull(finding { SemaphoreBench(this, 1, bounded = false) })
        assertNull(finding { EventBench(this) })
        assertNull(finding { ConditionBench(this) })
        assertNull(finding { QueueBench(this, QueueKind.FIFO, 1) })
    }

    private class ForgetfulLock(line: Waiters) : LockImpl(line) {
        override fun waitFailed() = Unit
    }

    private class ForgetfulSemaphore(line: Waiters) : SemaphoreImpl(1, null, line) {
        override fun giveBack() = Unit
    }

    private class LockReleasedByAnybody(line: Waiters) : LockImpl(line) {
        override fun waitFailed() = if (locked()) release() else super.waitFailed()
    }

    private companion object {
        const val ROUNDS = 20L
        const val STEPS = 2_000

        fun youngest(line: Waiters): Waiter? {
            var youngest: Waiter? = null
            var waiter = line.first
            while (waiter != null) {
                if (waiter.isPending) youngest = waiter
                waiter = waiter.next
            }
            return youngest
        }
    }
}
