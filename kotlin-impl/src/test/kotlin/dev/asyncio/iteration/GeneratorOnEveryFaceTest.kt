package dev.asyncio.iteration

import dev.asyncio.AsyncIterator
import dev.asyncio.AsyncIterators
import dev.asyncio.Asyncio
import dev.asyncio.ContextVar
import dev.asyncio.Coroutine
import dev.asyncio.Emitter
import dev.asyncio.Task
import dev.asyncio.TaskOptions
import dev.asyncio.support.Face
import dev.asyncio.support.Oops
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
class GeneratorOnEveryFaceTest(face: Face) : GeneratorFixture(face) {
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
        val task = createTask(EAGER) { each(numbers) { trace.add(it) } }
        trace.add("started")
        await(task)
        trace.`is`(1, 2, "started", 3)
    }

    @Test
    fun anEagerTaskOfACallbackMayAdvanceTheGeneratorWhoseStackDrives() = play {
        suspend fun consume(advance: (AsyncIterator<Int>) -> Task<Boolean>) {
            val numbers = generate<Int> { emitter ->
                emitter.emit(1)
                pause(1)
                emitter.emit(2)
                emitter.emit(3)
            }
            val end = createFuture<String>()

            fun next() {
                advance(numbers).addDoneCallback { done ->
                    if (done.result()) {
                        trace.add(numbers.current())
                        next()
                    } else {
                        end.setResult("end")
                    }
                }
            }
            next()
            trace.add(await(end))
        }
        consume { Asyncio.createTask(it.advance(), EAGER) }
        consume { createTask(EAGER) { await(it.advance()) } }
        trace.`is`(1, 2, 3, "end", 1, 2, 3, "end")
    }

    @Test
    fun anEagerTaskOfTheConsumerMayAdvanceTheGeneratorOrCloseIt() = play {
        val numbers = counter(3)
        assertTrue(await(numbers.advance()))
        assertTrue(await(Asyncio.createTask(numbers.advance(), EAGER)))
        assertTrue(await(createTask(EAGER) { await(numbers.advance()) }))
        assertEquals(3, numbers.current())
        await(Asyncio.createTask(numbers.close(), EAGER))
        trace.`is`("emit 1", "emit 2", "emit 3", "finally")
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

    private companion object {
        val EAGER: TaskOptions = TaskOptions.DEFAULT.withEagerStart(true)
    }
}
