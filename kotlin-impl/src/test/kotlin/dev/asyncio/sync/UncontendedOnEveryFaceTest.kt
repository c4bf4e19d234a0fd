package dev.asyncio.sync

import dev.asyncio.coroutines.awaitAcquire
import dev.asyncio.coroutines.awaitGet
import dev.asyncio.coroutines.awaitPut
import dev.asyncio.coroutines.withLock
import dev.asyncio.coroutines.withPermit
import dev.asyncio.engine.VirtualLoopImpl
import dev.asyncio.engine.loop.ReadyItem
import dev.asyncio.engine.loop.ReadyQueue
import dev.asyncio.queues.LifoQueue
import dev.asyncio.queues.PriorityQueue
import dev.asyncio.queues.Queue
import dev.asyncio.support.Body
import dev.asyncio.support.Face
import dev.asyncio.support.Script
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource

/** Where nobody has to be waited for, nobody is: the task goes on at once, though others are ready. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class UncontendedOnEveryFaceTest(private val face: Face) {
    /** How many steps the loop takes while a task does [block] a thousand times. */
    private fun stepsOf(block: suspend Body.() -> Unit): Int {
        val steps = CountedSteps()
        var during = -1
        VirtualLoopImpl(face = null, carrier = face.carrier, ready = steps).use { loop ->
            var othersRan = false
            loop.runUntilComplete(
                Script(face).coroutine {
                    loop.callSoon { othersRan = true }
                    val before = steps.taken
                    repeat(TIMES) { block() }
                    during = steps.taken - before
                    assertEquals(during > 0, othersRan)
                },
            )
        }
        return during
    }

    private fun takesNoStep(block: suspend Body.() -> Unit) = assertEquals(0, stepsOf(block))

    @Test
    fun aYieldIsCounted() = assertEquals(TIMES + 1, stepsOf { yieldOnce() })

    @Test
    fun aLock() {
        val lock = Lock()
        takesNoStep {
            await(lock.acquire())
            lock.release()
            await(lock.hold()).close()
            await(lock.hold(coroutine { 1 }))
        }
        assertFalse(lock.locked())
    }

    @Test
    fun aLockInSuspendFunctions() {
        assumeTrue(face == Face.KOTLIN)
        val lock = Lock()
        val semaphore = Semaphore(1)
        takesNoStep {
            lock.awaitAcquire()
            lock.release()
            lock.withLock { semaphore.withPermit { } }
        }
    }

    @Test
    fun aSemaphore() {
        val semaphore = Semaphore(2)
        val bounded = BoundedSemaphore(1)
        takesNoStep {
            await(semaphore.acquire())
            semaphore.release()
            await(semaphore.hold()).close()
            await(bounded.hold(coroutine { 1 }))
        }
    }

    @Test
    fun aConditionThatHolds() {
        val condition = Condition()
        takesNoStep {
            await(condition.acquire())
            await(condition.waitFor { true })
            condition.notifyAllWaiters()
            condition.release()
        }
    }

    @Test
    fun anEventThatIsSet() {
        val event = Event()
        event.set()
        takesNoStep { await(event.waitUntilSet()) }
    }

    @Test
    fun aBarrierOfOne() {
        val barrier = Barrier(1)
        takesNoStep { assertEquals(0, await(barrier.arrive())) }
    }

    @Test
    fun queues() {
        for (queue in listOf(Queue<Int>(1), LifoQueue(1), PriorityQueue(1))) {
            takesNoStep {
                await(queue.put(7))
                assertEquals(7, await(queue.get()))
                queue.taskDone()
                await(queue.put(8))
                await(queue.items().advance())
                queue.taskDone()
                await(queue.join())
            }
        }
    }

    @Test
    fun aQueueInSuspendFunctions() {
        assumeTrue(face == Face.KOTLIN)
        val queue = Queue<Int>(1)
        takesNoStep {
            queue.awaitPut(7)
            assertEquals(7, queue.awaitGet())
        }
    }

    private class CountedSteps : ReadyQueue() {
        var taken = 0
            private set

        override fun poll(): ReadyItem = super.poll().also { taken++ }
    }

    private companion object {
        const val TIMES = 1000
    }
}
