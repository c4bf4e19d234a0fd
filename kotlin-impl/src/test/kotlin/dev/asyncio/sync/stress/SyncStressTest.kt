package dev.asyncio.sync.stress

import dev.asyncio.support.Face
import org.junit.jupiter.api.Test

/** Locks and queues under random use and random cancellation, in suspend functions: see [Round]. */
class SyncStressTest {
    @Test
    fun whateverHappensNothingIsLost() = Stress.run(Face.KOTLIN, STEPS)

    private companion object {
        const val STEPS = 5_000_000L
    }
}
