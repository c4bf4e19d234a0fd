package dev.asyncio.timeouts

import dev.asyncio.Asyncio
import dev.asyncio.ExceptionGroup
import dev.asyncio.TaskGroup
import dev.asyncio.Timeout
import dev.asyncio.TimeoutException
import dev.asyncio.support.Face
import dev.asyncio.support.Oops
import dev.asyncio.support.Trace
import dev.asyncio.support.describe
import dev.asyncio.support.isCancellation
import dev.asyncio.support.s
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource

/** `timeout`, `timeoutAt` and the `Timeout` object. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class TimeoutsOnEveryFaceTest(private val face: Face) {
    private val trace = Trace()

    @Test
    fun aBodyInTimeGivesItsResult() = face.run {
        assertEquals("in time", await(Asyncio.timeout(2.s, coroutine { "in time".also { sleep(1) } })))
        assertEquals(1, now)
    }

    @Test
    fun aBodyThatIsTooSlowIsCancelledAndTheCallThrowsTimeoutException() = face.run {
        val slow = coroutine {
            try {
                sleep(100)
            } catch (e: Throwable) {
                trace.add("body ${describe(e)} at $now")
                throw e
            }
        }
        try {
            await(Asyncio.timeout(2.s, slow))
        } catch (e: TimeoutException) {
            trace.add("TimeoutException")
            assertTrue(isCancellation(e.cause!!), "its cause is the cancellation: ${e.cause}")
        }
        trace.`is`("body CancelledError at 2", "TimeoutException")
        assertEquals(0, Asyncio.currentTask()!!.cancelling())
    }

    @Test
    fun theDeadlineOfATimeoutCountsFromTheAwait() = face.run {
        val cold = Asyncio.timeout(2.s, coroutine { sleep(1) })
        sleep(10)
        await(cold)
        assertEquals(11, now)
    }

    @Test
    fun theDeadlineOfATimeoutObjectCountsFromItsConstructor() = face.run {
        val timeout = Timeout(2.s)
        assertEquals(2.s, timeout.`when`())
        sleep(1)
        assertEquals("TimeoutException", outcomeOf(timeout.enter(coroutine { sleep(100) })))
        assertEquals(2, now)
    }

    @Test
    fun timeoutAtTakesTheLoopsTime() = face.run {
        sleep(5)
        assertEquals("TimeoutException", outcomeOf(Asyncio.timeoutAt(7.s, coroutine { sleep(100) })))
        assertEquals(7, now)
    }

    @Test
    fun noDeadlineMeansNoLimit() = face.run {
        val timeout = Timeout(null)
        assertNull(timeout.`when`())
        await(timeout.enter(coroutine { sleep(100_000) }))
        assertFalse(timeout.expired())
        await(Asyncio.timeout(null, coroutine { sleep(1) }))
        await(Asyncio.timeoutAt(null, coroutine { sleep(1) }))
    }

    @Test
    fun enteringAndLeavingDoNotSuspend() = face.run {
        loop.callSoon(trace.adding("next iteration"))
        await(Asyncio.timeout(1.s, coroutine { trace.add("body") }))
        trace.`is`("body")
    }

    @Test
    fun aDeadlineThatHasPassedLetsABodyFinishThatDoesNotSuspend() = face.run {
        assertEquals("quick", await(Asyncio.timeout(0.s, coroutine { "quick" })))
        assertEquals("TimeoutException", outcomeOf(Asyncio.timeout((-1).s, coroutine { yieldOnce() })))
    }

    @Test
    fun aCancellationFromOutsideStaysOne() = face.run {
        val task = createTask { await(Asyncio.timeout(10.s, coroutine { sleep(100) })) }
        sleep(1)
        task.cancel("outside")
        assertEquals("CancelledError: outside", outcomeOf(task))
        assertTrue(task.cancelled())
    }

    /** The deadline passes and somebody cancels the task in the same iteration: the cancellation is the stronger one. */
    @Test
    fun aCancellationThatComesWithTheDeadlineStaysOne() = face.run {
        val timeout = Timeout(2.s)
        val task = createTask { await(timeout.enter(coroutine { sleep(100) })) }
        loop.callLater(2.s) { task.cancel() }
        assertEquals("CancelledError", outcomeOf(task))
        assertTrue(timeout.expired())
    }

    @Test
    fun aBodyThatSwallowsTheCancellationMakesItsOwnResult() = face.run {
        val timeout = Timeout(1.s)
        val result = await(
            timeout.enter(
                coroutine {
                    try {
                        sleep(100)
                        "slept"
                    } catch (_: Throwable) {
                        "swallowed"
                    }
                },
            ),
        )
        assertEquals("swallowed", result)
        assertTrue(timeout.expired())
        assertEquals(0, Asyncio.currentTask()!!.cancelling())
    }

    @Test
    fun anotherExceptionOfTheBodyComesThroughWithTheTimeoutAsSuppressed() = face.run {
        try {
            await(
                Asyncio.timeout(
                    1.s,
                    coroutine {
                        try {
                            sleep(100)
                        } finally {
                            throw Oops("while cleaning up")
                        }
                    },
                ),
            )
        } catch (e: Oops) {
            trace.add(describe(e))
            trace.add(e.suppressed.map(::describe))
        }
        trace.`is`("Oops: while cleaning up", listOf("TimeoutException"))
    }

    @Test
    fun anExceptionBeforeTheDeadlineHasNoSuppressedTimeout() = face.run {
        try {
            await(Asyncio.timeout(1.s, coroutine { throw Oops("early") }))
        } catch (e: Oops) {
            trace.add(e.suppressed.size)
        }
        trace.`is`(0)
    }

    @Test
    fun theInnerOfTwoDeadlinesIsToldApartFromTheOuterOne() = face.run {
        val outer = Timeout(10.s)
        val inner = Timeout(1.s)
        val result = await(
            outer.enter(
                coroutine {
                    assertEquals("TimeoutException", outcomeOf(inner.enter(coroutine { sleep(100) })))
                    "the outer block went on"
                },
            ),
        )
        assertEquals("the outer block went on", result)
        assertTrue(inner.expired())
        assertFalse(outer.expired())
    }

    @Test
    fun theOuterDeadlinePassesThroughTheInnerBlock() = face.run {
        val outer = Timeout(1.s)
        val inner = Timeout(10.s)
        val nested = coroutine {
            try {
                await(inner.enter(coroutine { sleep(100) }))
            } catch (e: Throwable) {
                trace.add("inner block: ${describe(e)}")
                throw e
            }
        }
        assertEquals("TimeoutException", outcomeOf(outer.enter(nested)))
        assertFalse(inner.expired())
        trace.`is`("inner block: CancelledError")
    }

    @Test
    fun twoDeadlinesAtOnceAreTheOutersException() = face.run {
        val outer = Timeout(1.s)
        val inner = Timeout(1.s)
        val nested = coroutine {
            try {
                await(inner.enter(coroutine { sleep(100) }))
            } catch (e: Throwable) {
                trace.add(describe(e))
                throw e
            }
        }
        assertEquals("TimeoutException", outcomeOf(outer.enter(nested)))
        assertTrue(inner.expired() && outer.expired())
        trace.`is`("CancelledError")
    }

    @Test
    fun theOuterDeadlineInterruptsTheHandlerOfTheInnerOne() = face.run {
        val nested = coroutine {
            try {
                await(Asyncio.timeout(1.s, coroutine { sleep(100) }))
            } catch (_: TimeoutException) {
                trace.add("inner at $now")
                sleep(100)
            }
        }
        assertEquals("TimeoutException", outcomeOf(Asyncio.timeout(3.s, nested)))
        trace.add("outer at $now")
        trace.`is`("inner at 1", "outer at 3")
    }

    @Test
    fun aDeadlineCanBeMoved() = face.run {
        val timeout = Timeout(2.s)
        val body = coroutine {
            sleep(1)
            timeout.reschedule(10.s)
            sleep(100)
        }
        assertEquals("TimeoutException", outcomeOf(timeout.enter(body)))
        assertEquals(10, now)
        assertEquals(10.s, timeout.`when`())
    }

    @Test
    fun aDeadlineCanBeTakenAway() = face.run {
        val timeout = Timeout(2.s)
        await(
            timeout.enter(
                coroutine {
                    timeout.reschedule(null)
                    sleep(100)
                },
            ),
        )
        assertEquals(100, now)
        assertFalse(timeout.expired())
    }

    @Test
    fun aDeadlineMovedIntoThePastPassesInTheNextIteration() = face.run {
        sleep(5)
        val timeout = Timeout(null)
        val body = coroutine {
            timeout.reschedule(1.s)
            assertFalse(timeout.expired())
            sleep(100)
        }
        assertEquals("TimeoutException", outcomeOf(timeout.enter(body)))
        assertEquals(5, now)
    }

    @Test
    fun aDeadlineCanOnlyBeMovedWhileTheBlockRuns() = face.run {
        val timeout = Timeout(1.s)
        assertThrows(IllegalStateException::class.java) { timeout.reschedule(2.s) }
        val body = coroutine {
            try {
                sleep(100)
            } catch (e: Throwable) {
                assertThrows(IllegalStateException::class.java) { timeout.reschedule(2.s) }
                throw e
            }
        }
        assertEquals("TimeoutException", outcomeOf(timeout.enter(body)))
        assertThrows(IllegalStateException::class.java) { timeout.reschedule(2.s) }
    }

    @Test
    fun aTimeoutIsEnteredOnce() = face.run {
        val timeout = Timeout(1.s)
        await(timeout.enter(coroutine { }))
        assertTrue(outcomeOf(timeout.enter(coroutine { })).startsWith("IllegalStateException"))
    }

    @Test
    fun aSwallowedCancellationFromBeforeDoesNotConfuseATimeout() = face.run {
        val task = createTask {
            try {
                sleep(100)
            } catch (_: Throwable) {
                trace.add("swallowed")
            }
            outcomeOf(Asyncio.timeout(1.s, coroutine { sleep(100) }))
        }
        yieldOnce()
        task.cancel()
        assertEquals("TimeoutException", await(task))
        assertEquals(1, task.cancelling())
        trace.`is`("swallowed")
    }

    @Test
    fun theFailuresOfAGroupGetTheTimeoutAsSuppressed() = face.run {
        val group = TaskGroup()
        val body = coroutine {
            await(
                group.enter(
                    coroutine {
                        group.createTask(
                            coroutine {
                                try {
                                    sleep(100)
                                } finally {
                                    throw Oops("child")
                                }
                            },
                        )
                    },
                ),
            )
        }
        try {
            await(Asyncio.timeout(1.s, body))
        } catch (e: ExceptionGroup) {
            trace.add(e.exceptions().map(::describe))
            trace.add(e.exceptions().single().suppressed.map(::describe))
        }
        trace.`is`(listOf("Oops: child"), listOf("TimeoutException"))
    }

    @Test
    fun theStateIsToldByToString() = face.run {
        val timeout = Timeout(3.s)
        assertEquals("<Timeout [created]>", timeout.toString())
        await(timeout.enter(coroutine { assertEquals("<Timeout [active] when=PT3S>", timeout.toString()) }))
        assertEquals("<Timeout [finished]>", timeout.toString())
        val expired = Timeout(0.s)
        outcomeOf(expired.enter(coroutine { yieldTimes(2) }))
        assertEquals("<Timeout [expired]>", expired.toString())
    }
}
