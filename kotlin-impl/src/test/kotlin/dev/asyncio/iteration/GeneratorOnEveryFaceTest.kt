package dev.asyncio.iteration

import dev.asyncio.AsyncIterator
import dev.asyncio.AsyncIterators
import dev.asyncio.Asyncio
import dev.asyncio.ContextVar
import dev.asyncio.Coroutine
import dev.asyncio.Emitter
import dev.asyncio.TaskOptions
import dev.asyncio.files.AsyncCloseable
import dev.asyncio.support.AsyncioLog
import dev.asyncio.support.Body
import dev.asyncio.support.Face
import dev.asyncio.support.Oops
import dev.asyncio.support.Trace
import dev.asyncio.support.describe
import dev.asyncio.support.isCancellation
import dev.asyncio.support.s
import dev.asyncio.sync.Lock
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource

/** Python's asynchronous generators: a Java body, and consumers of every face. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class GeneratorOnEveryFaceTest(private val face: Face) {
    private val trace = Trace()

    /** The body of a generator is Java code whoever consumes it, and takes a stack. */
    private fun play(main: suspend Body.() -> Unit) = face.run(usesJava = true, main)

    private fun <T> generate(body: (Emitter<T>) -> Unit): AsyncIterator<T> = AsyncIterators.generate { body(it) }

    private fun pause(seconds: Int) {
        Asyncio.await(Asyncio.sleep(seconds.s))
    }

    private fun counter(to: Int) = generate<Int> { emitter ->
        try {
            for (i in 1..to) {
                trace.add("emit $i")
                emitter.emit(i)
            }
            trace.add("end")
        } finally {
            trace.add("finally")
        }
    }

    private suspend fun <T> Body.each(iterator: AsyncIterator<T>, action: suspend (T) -> Unit) {
        while (await(iterator.advance())) action(iterator.current())
    }

    // ---- the course of things

    @Test
    fun theBodyRunsFromElementToElementInTurnWithItsConsumer() = play {
        val numbers = counter(2)
        trace.add("made")
        each(numbers) { trace.add("got $it") }
        trace.`is`("made", "emit 1", "got 1", "emit 2", "got 2", "end", "finally")
        assertFalse(await(numbers.advance()))
    }

    @Test
    fun goingFromElementToElementDoesNotYield() = play {
        loop.callSoon(trace.adding("another iteration"))
        each(counter(1)) { trace.add("got $it") }
        yieldOnce()
        trace.`is`("emit 1", "got 1", "end", "finally", "another iteration")
    }

    @Test
    fun theBodyMayAwaitAndItsConsumerWaits() = play {
        val ticks = generate<Int> { emitter ->
            for (i in 1..3) {
                pause(1)
                emitter.emit(i)
            }
        }
        val other = createTask {
            sleep(2)
            trace.add("other at $now")
        }
        each(ticks) { trace.add("$it at $now") }
        await(other)
        assertEquals(3, now)
        assertEquals(setOf("1 at 1", "2 at 2", "3 at 3", "other at 2"), trace.events().toSet())
    }

    @Test
    fun theBodyRunsInTheConsumersTaskAndContext() = play {
        val variable = ContextVar("variable", "unset")
        val me = Asyncio.currentTask()
        val iterator = generate<String> { emitter ->
            assertSame(me, Asyncio.currentTask())
            emitter.emit(variable.get())
            pause(1)
            assertSame(me, Asyncio.currentTask())
            emitter.emit(variable.get())
            variable.set("by the body")
        }
        variable.set("first")
        assertTrue(await(iterator.advance()))
        assertEquals("first", iterator.current())
        variable.set("second")
        assertTrue(await(iterator.advance()))
        assertEquals("second", iterator.current())
        assertFalse(await(iterator.advance()))
        assertEquals("by the body", variable.get())
    }

    @Test
    fun consumersMayTakeTurns() = play {
        val numbers = counter(3)
        val tasks = listOf("A", "B", "C").map { name ->
            createTask(name) {
                assertTrue(await(numbers.advance()))
                trace.add("$name ${numbers.current()}")
            }
        }
        tasks.forEach { await(it) }
        assertFalse(await(numbers.advance()))
        trace.`is`("emit 1", "A 1", "emit 2", "B 2", "emit 3", "C 3", "end", "finally")
    }

    @Test
    fun aGeneratorMayGoThroughAnother() = play {
        val squares = generate<Int> { emitter ->
            val numbers = counter(3)
            while (Asyncio.await(numbers.advance())) {
                pause(1)
                emitter.emit(numbers.current() * numbers.current())
            }
        }
        val sums = generate<Int> { emitter ->
            var sum = 0
            while (Asyncio.await(squares.advance())) {
                sum += squares.current()
                emitter.emit(sum)
            }
        }
        val seen = ArrayList<Int>()
        each(sums) { seen.add(it) }
        assertEquals(listOf(1, 5, 14), seen)
        assertEquals(3, now)
    }

    @Test
    fun twoGeneratorsCanBeGoneThroughSideBySide() = play {
        val left = counter(3)
        val right = generate<Int> { emitter ->
            for (i in 1..3) {
                pause(1)
                emitter.emit(10 * i)
            }
        }
        val sums = ArrayList<Int>()
        while (await(left.advance()) && await(right.advance())) sums.add(left.current() + right.current())
        assertEquals(listOf(11, 22, 33), sums)
        assertFalse(await(right.advance()))
    }

    @Test
    fun manyElementsNeedNoDeepStack() = play {
        var sum = 0L
        each(generate<Int> { emitter -> for (i in 1..5000) emitter.emit(i) }) { sum += it }
        assertEquals(5000L * 5001 / 2, sum)
    }

    /** The block of `hold` may start on another stack than the body's, when the lock had to be waited for. */
    @Test
    fun theBodyMayEmitFromInsideOfABlock() = play {
        val lock = Lock()
        await(lock.acquire())
        val iterator = generate<String> { emitter ->
            Asyncio.await(
                lock.hold(
                    Coroutine {
                        emitter.emit("one under $lock")
                        pause(1)
                        emitter.emit("two under $lock")
                    },
                ),
            )
            emitter.emit("three under $lock")
        }
        val consumer = createTask { each(iterator) { trace.add(it) } }
        sleep(1)
        lock.release()
        await(consumer)
        trace.`is`("one under <Lock locked>", "two under <Lock locked>", "three under <Lock unlocked>")
    }

    @Test
    fun anEagerTaskMayConsume() = play {
        val numbers = generate<Int> { emitter ->
            emitter.emit(1)
            emitter.emit(2)
            pause(1)
            emitter.emit(3)
        }
        val task = createTask(TaskOptions.DEFAULT.withEagerStart(true)) { each(numbers) { trace.add(it) } }
        trace.add("started")
        await(task)
        trace.`is`(1, 2, "started", 3)
    }

    @Test
    fun theConsumerAwaitsBetweenElementsWhileTheBodyStandsStill() = play {
        each(counter(2)) {
            sleep(1)
            trace.add("got $it at $now")
            await(createTask { yieldTimes(3) })
        }
        trace.`is`("emit 1", "got 1 at 1", "emit 2", "got 2 at 2", "end", "finally")
    }

    // ---- failures

    @Test
    fun whatTheBodyThrowsReachesTheConsumerAndIsTheEnd() = play {
        val iterator = generate<Int> { emitter ->
            emitter.emit(1)
            pause(1)
            throw Oops("in the body")
        }
        assertTrue(await(iterator.advance()))
        assertEquals("Oops: in the body", outcomeOf(iterator.advance()))
        assertFalse(await(iterator.advance()))
        assertThrows(IllegalStateException::class.java) { iterator.current() }
    }

    @Test
    fun thereIsNoElementBeforeTheFirstAndAfterTheLast() = play {
        val numbers = counter(1)
        assertThrows(IllegalStateException::class.java) { numbers.current() }
        await(numbers.advance())
        assertEquals(1, numbers.current())
        await(numbers.advance())
        assertThrows(IllegalStateException::class.java) { numbers.current() }
    }

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

    // ---- bad use

    @Test
    fun oneAdvanceAtATime() = play {
        val iterator = generate<Int> { emitter ->
            pause(1)
            emitter.emit(1)
        }
        val first = createTask {
            await(iterator.advance())
            iterator.current()
        }
        yieldOnce()
        for (second in listOf(iterator.advance(), iterator.close())) {
            val outcome = outcomeOf(second)
            assertTrue("IllegalStateException" in outcome && "is running already" in outcome, outcome)
        }
        assertEquals(1, await(first))
        assertFalse(await(iterator.advance()))
    }

    @Test
    fun aBodyCannotAdvanceItself() = play {
        lateinit var self: AsyncIterator<Int>
        self = generate { Asyncio.await(self.advance()) }
        val outcome = outcomeOf(self.advance())
        assertTrue("IllegalStateException" in outcome && "is running already" in outcome, outcome)
    }

    @Test
    fun onlyTheBodyCanEmitAndOnlyWhileItRuns() = play {
        lateinit var leaked: Emitter<Int>
        val iterator = generate<Int> { emitter ->
            leaked = emitter
            emitter.emit(1)
            pause(1)
        }
        await(iterator.advance())
        assertThrows(IllegalStateException::class.java) { leaked.emit(2) }
        val consumer = createTask { await(iterator.advance()) }
        yieldOnce()
        assertThrows(IllegalStateException::class.java) { leaked.emit(2) }
        assertFalse(await(consumer))
        assertThrows(IllegalStateException::class.java) { leaked.emit(2) }
    }

    @Test
    fun showsItsState() = play {
        val iterator = AsyncIterators.generate<Int>(NamedBody)
        assertEquals("<AsyncGenerator created named>", iterator.toString())
        await(iterator.advance())
        assertEquals("<AsyncGenerator suspended named>", iterator.toString())
        await(iterator.advance())
        assertEquals("<AsyncGenerator finished named>", iterator.toString())
        assertEquals("generator.advance", iterator.advance().toString())
    }

    private object NamedBody : dev.asyncio.GeneratorBody<Int> {
        override fun run(emitter: Emitter<Int>) = emitter.emit(1)

        override fun toString(): String = "named"
    }
}
