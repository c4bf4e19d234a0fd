package dev.asyncio.composition

import dev.asyncio.Asyncio
import dev.asyncio.Future
import dev.asyncio.support.Face
import dev.asyncio.support.Oops
import dev.asyncio.support.Trace
import dev.asyncio.support.describe
import dev.asyncio.support.s
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource

/** `shield`: a cancellation stops in front of it. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class ShieldOnEveryFaceTest(private val face: Face) {
    private val trace = Trace()

    @Test
    fun theResultComesThrough() = face.run {
        assertEquals(7, await(Asyncio.shield(coroutine { 7 })))
    }

    @Test
    fun theExceptionComesThrough() = face.run {
        assertEquals("Oops: inside", outcomeOf(Asyncio.shield(coroutine<Int> { throw Oops("inside") })))
    }

    @Test
    fun cancellingTheWaiterDoesNotReachWhatIsShielded() = face.run {
        val inner = createTask {
            sleep(2)
            trace.add("inner done at $now")
            7
        }
        val waiter = createTask { await(Asyncio.shield(inner)) }
        sleep(1)
        waiter.cancel("only you")
        assertEquals("CancelledError: only you", outcomeOf(waiter))
        assertFalse(inner.done())
        assertEquals(7, await(inner))
        trace.`is`("inner done at 2")
    }

    @Test
    fun aFutureThatIsDoneIsReturnedAsItIs() = face.run {
        val done = createFuture<Int>().apply { setResult(7) }
        assertSame(done, Asyncio.shield(done))
    }

    @Test
    fun cancellingWhatIsShieldedCancelsTheShield() = face.run {
        val inner = createTask { sleep(100) }
        val shield = Asyncio.shield(inner)
        yieldOnce()
        inner.cancel()
        assertEquals("CancelledError", outcomeOf(shield))
        assertTrue(shield.cancelled())
    }

    @Test
    fun aShieldCancelledFirstDropsTheLaterResult() = face.run {
        val inner = createTask {
            sleep(1)
            "late"
        }
        val shield = Asyncio.shield(inner)
        yieldOnce()
        assertTrue(shield.cancel())
        assertEquals("late", await(inner))
        assertTrue(shield.cancelled())
    }

    @Test
    fun aShieldWhoseResultSomebodyHasSetTellsTheExceptionHandler() = face.run {
        loop.setExceptionHandler { _, report -> trace.add("${report.exception()!!.javaClass.simpleName} at $now") }
        val inner = createFuture<String>()
        val shield = Asyncio.shield(inner) as Future<String>
        shield.setResult("early")
        inner.setResult("late")
        sleep(1)
        assertEquals("early", await(shield))
        trace.`is`("InvalidStateException at 0")
    }

    @Test
    fun aGatherBehindAShieldKeepsItsChildren() = face.run {
        val children = List(2) { i ->
            createTask {
                sleep(2)
                i
            }
        }
        val waiter = createTask { await(Asyncio.shield(Asyncio.gather<Int>(children))) }
        sleep(1)
        waiter.cancel()
        assertEquals("CancelledError", outcomeOf(waiter))
        assertEquals(listOf(0, 1), children.map { await(it) })
    }

    @Test
    fun aShieldInAGatherKeepsWhatItProtects() = face.run {
        val inner = createTask {
            sleep(2)
            "kept"
        }
        val gathered = Asyncio.gather<String>(listOf(Asyncio.shield(inner), coroutine { "other".also { sleep(100) } }))
        sleep(1)
        gathered.cancel()
        assertEquals("CancelledError", outcomeOf(gathered))
        assertEquals("kept", await(inner))
    }

    @Test
    fun aWaiterThatGivesUpCanComeBackForTheResult() = face.run {
        val inner = createTask {
            sleep(10)
            "worth the wait"
        }
        assertEquals("TimeoutException", outcomeOf(Asyncio.waitFor(Asyncio.shield(inner), 3.s)))
        assertEquals(3, now)
        assertEquals("worth the wait", await(inner))
        assertEquals(10, now)
    }

    @Test
    fun completionThroughAShieldTakesOneMoreIteration() = face.run {
        val future = createFuture<Int>()
        val direct = createTask {
            await(future)
            trace.add("direct")
        }
        val shielded = createTask {
            await(Asyncio.shield(future))
            trace.add("shielded")
        }
        yieldOnce()
        future.setResult(1)
        loop.callSoon(trace.adding("iteration 1"))
        yieldOnce()
        loop.callSoon(trace.adding("iteration 2"))
        await(direct)
        await(shielded)
        trace.`is`("direct", "iteration 1", "shielded", "iteration 2")
    }

    @Test
    fun theShieldedExceptionIsTheVerySameObject() = face.run {
        val oops = Oops("mine")
        val inner = createTask<Int> { throw oops }
        try {
            await(Asyncio.shield(inner))
        } catch (e: Oops) {
            assertSame(oops, e, describe(e))
            trace.add("caught")
        }
        trace.`is`("caught")
    }
}
