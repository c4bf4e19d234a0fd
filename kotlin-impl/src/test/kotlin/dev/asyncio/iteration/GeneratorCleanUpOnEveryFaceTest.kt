package dev.asyncio.iteration

import dev.asyncio.Asyncio
import dev.asyncio.Coroutine
import dev.asyncio.files.AsyncCloseable
import dev.asyncio.support.AsyncioLog
import dev.asyncio.support.Face
import dev.asyncio.support.Oops
import dev.asyncio.support.describe
import dev.asyncio.support.isCancellation
import dev.asyncio.support.s
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource
import java.util.concurrent.CancellationException

/** Generators that are cancelled, closed or left by another task, and how their bodies clean up. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class GeneratorCleanUpOnEveryFaceTest(face: Face) : GeneratorFixture(face) {
    // ---- cancellation

    /** The consumer is cancelled while it waits for the body, which awaits something: that is where it arrives. */
    @Test
    fun aCancellationArrivesWhereTheBodyAwaits() = play {
        val iterator = generate<Int> { emitter ->
            try {
                pause(100)
                emitter.emit(1)
            } catch (e: Throwable) {
                trace.add("body ${describe(e)}")
                pause(2)
                throw e
            }
        }
        val consumer = createTask {
            try {
                await(iterator.advance())
            } catch (e: Throwable) {
                trace.add("consumer ${describe(e)} at $now")
                throw e
            }
        }
        sleep(1)
        consumer.cancel("stop")
        assertEquals("CancelledError: stop", outcomeOf(consumer))
        trace.`is`("body CancelledError: stop", "consumer CancelledError: stop at 3")
        assertFalse(await(iterator.advance()))
    }

    @Test
    fun aBodyMaySurviveACancellation() = play {
        val iterator = generate<String> { emitter ->
            try {
                pause(100)
            } catch (e: Throwable) {
                check(isCancellation(e))
                emitter.emit("survived")
            }
        }
        val consumer = createTask {
            await(iterator.advance())
            iterator.current()
        }
        sleep(1)
        consumer.cancel()
        assertEquals("survived", await(consumer))
        assertFalse(await(iterator.advance()))
    }

    @Test
    fun aTimeoutReachesIntoTheBody() = play {
        val iterator = generate<Int> { emitter ->
            try {
                pause(100)
            } finally {
                trace.add("cleaned up")
            }
        }
        assertEquals("TimeoutException", outcomeOf(Asyncio.timeout(1.s, iterator.advance())))
        trace.`is`("cleaned up")
        assertEquals(1, now)
    }

    // ---- closing

    @Test
    fun closingRunsTheFinallyBlocksWhichMayAwait() = play {
        val iterator = generate<Int> { emitter ->
            try {
                emitter.emit(1)
                trace.add("never")
            } finally {
                pause(2)
                trace.add("finally")
            }
        }
        await(iterator.advance())
        await(iterator.close())
        trace.add("closed at $now")
        await(iterator.close())
        assertFalse(await(iterator.advance()))
        trace.`is`("finally", "closed at 2")
    }

    @Test
    fun closingBeforeTheFirstElementRunsNothing() = play {
        val numbers = counter(1)
        await(numbers.close())
        assertFalse(await(numbers.advance()))
        trace.`is`()
    }

    @Test
    fun closingAtTheEndDoesNothing() = play {
        val numbers = counter(1)
        each(numbers) { }
        await(numbers.close())
        trace.`is`("emit 1", "end", "finally")
    }

    @Test
    fun whatTheCleanUpThrowsReachesWhoCloses() = play {
        val iterator = generate<Int> { emitter ->
            try {
                emitter.emit(1)
            } finally {
                throw Oops("in the clean-up")
            }
        }
        await(iterator.advance())
        assertEquals("Oops: in the clean-up", outcomeOf(iterator.close()))
        await(iterator.close())
    }

    @Test
    fun aBodyThatSwallowsItsEndEndsAllTheSame() = play {
        val iterator = generate<Int> { emitter ->
            try {
                emitter.emit(1)
            } catch (e: Throwable) {
                trace.add(e is Exception)
            }
        }
        await(iterator.advance())
        await(iterator.close())
        assertFalse(await(iterator.advance()))
        trace.`is`(false)
    }

    @Test
    fun aBodyThatEmitsInItsCleanUpIsToldOf() = play {
        val iterator = generate<Int> { emitter ->
            try {
                emitter.emit(1)
            } finally {
                emitter.emit(2)
            }
        }
        await(iterator.advance())
        val outcome = outcomeOf(iterator.close())
        assertTrue("IllegalStateException" in outcome && "emits in its clean-up" in outcome, outcome)
        assertThrows(IllegalStateException::class.java) { iterator.current() }
        await(iterator.close())
        assertFalse(await(iterator.advance()))
    }

    @Test
    fun generatorsThatNobodyClosedAreClosedAtTheEndOfTheRun() {
        play {
            repeat(2) { number ->
                val iterator = generate<Int> { emitter ->
                    try {
                        emitter.emit(number)
                    } finally {
                        pause(1)
                        trace.add("finally $number")
                        if (number == 1) throw Oops("in the clean-up")
                    }
                }
                await(iterator.advance())
            }
        }
        trace.`is`("finally 0", "finally 1")
        AsyncioLog.expect("an error occurred during closing of asynchronous generator")
    }

    @Test
    fun generatorsOfALoopCanBeClosedByHand() = play {
        val numbers = counter(2)
        await(numbers.advance())
        await(loop.shutdownAsyncgens())
        trace.`is`("emit 1", "finally")
        assertFalse(await(numbers.advance()))
    }

    @Test
    fun whatACleanUpFailsWithIsReportedWhenTheGeneratorsOfALoopAreClosed() = play {
        for (error in listOf(Oops("in the clean-up"), CancellationException("in the clean-up"))) {
            val failing = generate<Int> { emitter ->
                try {
                    emitter.emit(1)
                } finally {
                    throw error
                }
            }
            await(failing.advance())
            await(loop.shutdownAsyncgens())
            assertSame(error, AsyncioLog.expect("an error occurred during closing of asynchronous generator").thrown)
        }
    }

    // ---- one consumer after another

    /** A block that is entered in one task and left in another; what stands around it is Kotlin code of the engine. */
    @Test
    fun aBlockMayBeLeftInAnotherTaskThanItWasEnteredIn() {
        var starts = 0
        play {
            trace.add("start ${++starts}")
            val iterator = generate<Int> { emitter ->
                Asyncio.await(
                    Asyncio.taskGroup { group ->
                        group.createTask { pause(2) }
                        emitter.emit(1)
                        pause(1)
                        emitter.emit(2)
                    },
                )
                trace.add("left in ${Asyncio.currentTask()!!.name}")
            }
            await(iterator.advance())
            val other = createTask("other") { each(iterator) { trace.add("got $it") } }
            sleep(5)
            trace.add("slept")
            await(other)
        }
        trace.`is`("start 1", "got 2", "left in other", "slept")
    }

    @Test
    fun aBlockMayBeLeftByClosingInAnotherTask() = play {
        val closed = createFuture<Unit>()
        val iterator = generate<Int> { emitter ->
            val resource = AsyncCloseable {
                Coroutine<Void?> {
                    Asyncio.await(closed)
                    pause(0)
                    trace.add("closed in ${Asyncio.currentTask()!!.name}")
                    null
                }
            }
            Asyncio.await(resource.enter { emitter.emit(1) })
        }
        await(iterator.advance())
        val closing = createTask("closing") { await(iterator.close()) }
        yieldOnce()
        closed.setResult(Unit)
        sleep(1)
        trace.add("slept")
        await(closing)
        trace.`is`("closed in closing", "slept")
    }

    @Test
    fun whoWaitsForTheEndOfABlockIsWhoIsCancelled() = play {
        val iterator = generate<Int> { emitter ->
            Asyncio.await(
                Asyncio.taskGroup { group ->
                    group.createTask { pause(30) }
                    emitter.emit(1)
                },
            )
        }
        await(createTask { await(iterator.advance()) })
        val outcome = outcomeOf(Asyncio.waitFor(iterator.advance(), 1.s))
        assertTrue("TimeoutException" in outcome, outcome)
        assertEquals(1, now)
    }
}
