package dev.asyncio.samples.kotlin

import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Jobs in processes of a pool, one of which is killed. */
class ProcessPoolTest {
    @Test
    fun jobsAreComputedElsewhereAndALostProcessIsNotTheEnd() {
        val printed = Running("ProcessPool").use { it.printed() }
        assertTrue(OUTCOMES.any { printed == COMPUTED + it + COMPUTED }, printed)
    }

    private companion object {
        const val COMPUTED = "25! = 15511210043330985984000000\nelsewhere: true\n"

        /** Hazelcast promises no more. */
        val OUTCOMES = listOf(
            "the job is lost with its process: TargetDisconnectedException\n",
            "another process has done the job anew\n",
        )
    }
}
