package dev.asyncio.queues

import dev.asyncio.QueueEmptyException
import dev.asyncio.QueueShutDownException
import dev.asyncio.support.Face
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource

/** The end of a queue: asyncio's shutdown. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class QueueShutdownOnEveryFaceTest(private val face: Face) {
    @Test
    fun nothingCanBePutAndTheRestCanBeTaken() = face.run {
        val queue = Queue<Int>()
        queue.putNowait(1)
        queue.putNowait(2)
        queue.shutdown()
        assertThrows(QueueShutDownException::class.java) { queue.putNowait(3) }
        assertEquals("QueueShutDownException", outcomeOf(queue.put(3)))
        assertEquals(1, queue.getNowait())
        assertEquals(2, await(queue.get()))
        assertThrows(QueueShutDownException::class.java) { queue.getNowait() }
        assertEquals("QueueShutDownException", outcomeOf(queue.get()))
    }

    @Test
    fun anImmediateShutdownDropsTheRest() = face.run {
        val queue = Queue<Int>()
        repeat(3) { queue.putNowait(it) }
        val joiner = createTask { await(queue.join()) }
        yieldOnce()
        queue.shutdown(true)
        await(joiner)
        assertThrows(QueueShutDownException::class.java) { queue.getNowait() }
        assertEquals("<Queue size=0, shut down>", queue.toString())
    }

    @Test
    fun whatWasTakenAndIsNotDoneStillHoldsTheJoiner() = face.run {
        val queue = Queue<Int>()
        repeat(3) { queue.putNowait(it) }
        queue.getNowait()
        queue.shutdown(true)
        val joiner = createTask { await(queue.join()) }
        yieldTimes(3)
        assertFalse(joiner.done())
        queue.taskDone()
        await(joiner)
    }

    @Test
    fun whoWaitsIsWokenAndFails() = face.run {
        val empty = Queue<Int>()
        val full = Queue<Int>(1)
        full.putNowait(0)
        val getters = List(2) { createTask { await(empty.get()) } }
        val putters = List(2) { createTask { await(full.put(1)) } }
        yieldOnce()
        empty.shutdown()
        full.shutdown()
        for (task in getters + putters) assertEquals("QueueShutDownException", outcomeOf(task))
        assertEquals("<Queue size=1, maxsize=1, unfinished=1, shut down>", full.toString())
        assertEquals("<Queue size=0, shut down>", empty.toString())
    }

    /** A waits to put. M takes an item, which wakes A, and shuts the queue down before A runs. */
    @Test
    fun aPutterWokenBeforeTheShutdownFailsToo() = face.run {
        val queue = Queue<Int>(1)
        queue.putNowait(0)
        val a = createTask { await(queue.put(1)) }
        yieldOnce()
        queue.getNowait()
        queue.shutdown()
        assertEquals("QueueShutDownException", outcomeOf(a))
        assertEquals(0, queue.qsize())
    }

    /** A waits. M puts an item, which wakes A, and shuts the queue down before A runs: A gets the item. */
    @Test
    fun aGetterWokenBeforeTheShutdownGetsItsItem() = face.run {
        val queue = Queue<Int>()
        val a = createTask { await(queue.get()) }
        yieldOnce()
        queue.putNowait(7)
        queue.shutdown()
        assertEquals(7, await(a))
    }

    @Test
    fun aWaiterCancelledInTheSameStepStaysCancelled() = face.run {
        val queue = Queue<Int>()
        val a = createTask { await(queue.get()) }
        yieldOnce()
        queue.shutdown()
        a.cancel("away")
        assertEquals("CancelledError: away", outcomeOf(a))
    }

    @Test
    fun theEndIsForGoodAndCanBeSaidTwice() = face.run {
        val queue = Queue<Int>()
        repeat(2) { queue.putNowait(it) }
        queue.shutdown()
        queue.shutdown()
        assertEquals(0, queue.getNowait())
        queue.taskDone()
        queue.shutdown(true)
        await(queue.join())
        assertThrows(QueueShutDownException::class.java) { queue.getNowait() }
    }

    @Test
    fun anEmptyQueueThatIsNotShutDownIsJustEmpty() = face.run {
        assertThrows(QueueEmptyException::class.java) { Queue<Int>().getNowait() }
    }

    @Test
    fun aFullQueueThatIsShutDownIsShutDown() = face.run {
        val queue = Queue<Int>(1)
        queue.putNowait(1)
        queue.shutdown()
        assertThrows(QueueShutDownException::class.java) { queue.putNowait(2) }
        assertEquals("QueueShutDownException", outcomeOf(queue.put(2)))
    }

    @Test
    fun workCanBeFinishedAfterTheEnd() = face.run {
        val queue = Queue<Int>()
        queue.putNowait(1)
        queue.shutdown()
        val joiner = createTask { await(queue.join()) }
        yieldOnce()
        queue.getNowait()
        queue.taskDone()
        await(joiner)
        assertThrows(IllegalArgumentException::class.java) { queue.taskDone() }
    }

    @Test
    fun anImmediateShutdownAfterMoreTaskDoneThanTakenStopsAtZero() = face.run {
        val queue = Queue<Int>()
        repeat(2) { queue.putNowait(it) }
        repeat(2) { queue.taskDone() }
        queue.shutdown(true)
        await(queue.join())
        assertEquals("<Queue size=0, shut down>", queue.toString())
    }
}
