package dev.asyncio.engine.loop

import dev.asyncio.engine.LoopImpl
import dev.asyncio.support.Oops
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What waits for a loop, and is told of its end. */
class DependentsTest {
    @Test
    fun oneThatThrowsIsReportedAndDoesNotKeepTheOthersFromBeingTold() {
        val loop = LoopImpl()
        val reports = mutableListOf<Throwable?>()
        loop.setExceptionHandler { _, context -> reports += context.exception() }
        val errors = List(5) { Oops("dependent $it") }
        errors.forEach { error -> loop.dependents.add(Undelivered { throw error }) }
        loop.close()
        assertEquals(errors.toSet(), reports.toSet())
        assertEquals(errors.size, reports.size)
    }

    /** Whoever takes itself out tells of the end: nobody would, if the loop had done so in its place. */
    @Test
    fun oneThatComesTooLateToBeToldIsLeftToTakeItselfOut() {
        val loop = LoopImpl()
        val late = Undelivered { }
        loop.dependents.add(Undelivered { loop.dependents.add(late) })
        loop.close()
        assertTrue(loop.dependents.remove(late))
    }
}
