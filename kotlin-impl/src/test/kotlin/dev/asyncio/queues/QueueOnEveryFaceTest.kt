package dev.asyncio.queues

import dev.asyncio.Asyncio
import dev.asyncio.QueueEmptyException
import dev.asyncio.QueueFullException
import dev.asyncio.support.Body
import dev.asyncio.support.Face
import dev.asyncio.support.Trace
import dev.asyncio.support.s
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource

/** asyncio's Queue: who gets which item when. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class QueueOnEveryFaceTest(private val face: Face) {
    private val trace = Trace()

    private fun Body.getter(queue: Queue<Int>, name: String) = createTask(name) {
        trace.add("$name ${await(queue.get())}")
    }

    private fun Body.putter(queue: Queue<Int>, name: String, item: Int) = createTask(name) {
        await(queue.put(item))
        trace.add("$name put $item")
    }

    // ---- without waiting

    @Test
    fun whatCanGoOnDoesNotYield() = face.run {
        val queue = Queue<Int>(2)
        loop.callSoon(trace.adding("another iteration"))
        assertNull(await(queue.put(1)))
        await(queue.put(2))
        assertEquals(1, await(queue.get()))
        assertEquals(2, await(queue.get()))
        trace.add("done")
        yieldOnce()
        trace.`is`("done", "another iteration")
    }

    @Test
    fun itemsComeOutAsTheyWentIn() = face.run {
        val queue = Queue<Int>()
        repeat(100) { queue.putNowait(it) }
        assertEquals(List(100) { it }, List(100) { queue.getNowait() })
    }

    @Test
    fun nullIsAnItem() = face.run {
        val queue = Queue<String?>()
        val getter = createTask { await(queue.get()) }
        yieldOnce()
        await(queue.put(null))
        assertNull(await(getter))
        queue.putNowait(null)
        assertEquals(1, queue.qsize())
        assertNull(await(queue.get()))
        assertTrue(queue.empty())
    }

    @Test
    fun countsAreExactAtAnyMoment() = face.run {
        val queue = Queue<Int>(2)
        assertTrue(queue.empty() && !queue.full())
        queue.putNowait(1)
        assertTrue(!queue.empty() && !queue.full())
        queue.putNowait(2)
        assertTrue(queue.full())
        assertEquals(2, queue.qsize())
        assertEquals(2, queue.maxsize())
    }

    @Test
    fun aSizeOfZeroOrLessMeansNoLimit() = face.run {
        for (queue in listOf(Queue<Int>(), Queue(0), Queue(-3), LifoQueue(-3), PriorityQueue(-3))) {
            repeat(1000) { queue.putNowait(it) }
            assertFalse(queue.full())
        }
        assertEquals(-3, Queue<Int>(-3).maxsize())
    }

    @Test
    fun whatCannotGoOnAtOnceIsRefusedWithoutAWait() = face.run {
        val queue = Queue<Int>(1)
        assertThrows(QueueEmptyException::class.java) { queue.getNowait() }
        queue.putNowait(1)
        assertThrows(QueueFullException::class.java) { queue.putNowait(2) }
        assertEquals("<Queue size=1, maxsize=1, unfinished=1>", queue.toString())
    }

    // ---- order

    @Test
    fun gettersAreServedInTheOrderInWhichTheyCame() = face.run {
        val queue = Queue<Int>()
        val tasks = listOf("A", "B", "C").map { getter(queue, it) }
        yieldOnce()
        repeat(3) { queue.putNowait(it) }
        loop.callSoon(trace.adding("next iteration"))
        tasks.forEach { await(it) }
        yieldOnce()
        trace.`is`("A 0", "B 1", "C 2", "next iteration")
    }

    @Test
    fun puttersAreServedInTheOrderInWhichTheyCame() = face.run {
        val queue = Queue<Int>(1)
        queue.putNowait(0)
        val tasks = listOf("A", "B").mapIndexed { i, name -> putter(queue, name, i + 1) }
        yieldOnce()
        val items = List(3) { await(queue.get()) }
        assertEquals(listOf(0, 1, 2), items)
        tasks.forEach { await(it) }
        trace.`is`("A put 1", "B put 2")
    }

    /** A waits. M puts an item, which wakes A, and takes it itself before A runs: A waits on. */
    @Test
    fun aWakeUpIsNoReservation() = face.run {
        val queue = Queue<Int>()
        val a = getter(queue, "A")
        yieldOnce()
        queue.putNowait(1)
        assertEquals(1, queue.getNowait())
        yieldTimes(2)
        assertFalse(a.done())
        queue.putNowait(2)
        await(a)
        trace.`is`("A 2")
    }

    /** A and B wait. An item wakes A, M takes it first; A goes to the end, and the next item is B's. */
    @Test
    fun whoWasTooLateStandsBehindThoseWhoWaited() = face.run {
        val queue = Queue<Int>()
        val a = getter(queue, "A")
        val b = getter(queue, "B")
        yieldOnce()
        queue.putNowait(1)
        queue.getNowait()
        yieldTimes(2)
        queue.putNowait(2)
        await(b)
        queue.putNowait(3)
        await(a)
        trace.`is`("B 2", "A 3")
    }

    /** A waits to put. M takes an item, which wakes A, and puts another before A runs: A waits on. */
    @Test
    fun aWokenPutterLooksAgain() = face.run {
        val queue = Queue<Int>(1)
        queue.putNowait(0)
        val a = putter(queue, "A", 1)
        yieldOnce()
        queue.getNowait()
        queue.putNowait(7)
        yieldTimes(2)
        assertFalse(a.done())
        assertEquals(7, await(queue.get()))
        await(a)
        assertEquals(1, await(queue.get()))
    }

    @Test
    fun aProducerAndAConsumerMeetThroughOnePlace() = face.run {
        val queue = Queue<Int>(1)
        val producer = createTask { repeat(50) { await(queue.put(it)) } }
        assertEquals(List(50) { it }, List(50) { await(queue.get()) })
        await(producer)
        assertTrue(queue.empty())
    }

    // ---- cancellation

    @Test
    fun aGetterCancelledBeforeItWasWokenTakesNothing() = face.run {
        val queue = Queue<Int>()
        val a = getter(queue, "A")
        val b = getter(queue, "B")
        yieldOnce()
        a.cancel("away")
        assertEquals("CancelledError: away", outcomeOf(a))
        assertEquals("<Queue size=0, getters=1>", queue.toString())
        queue.putNowait(1)
        await(b)
        trace.`is`("B 1")
    }

    /** A and B wait. M puts an item and cancels A, which was woken by that and has not run yet. */
    @Test
    fun aGetterCancelledAfterItWasWokenPassesTheItemOn() = face.run {
        val queue = Queue<Int>()
        val a = getter(queue, "A")
        val b = getter(queue, "B")
        yieldOnce()
        queue.putNowait(1)
        a.cancel()
        assertEquals("CancelledError", outcomeOf(a))
        await(b)
        trace.`is`("B 1")
        assertEquals("<Queue size=0, unfinished=1>", queue.toString())
    }

    @Test
    fun anItemForACancelledGetterStaysInTheQueueWhereNobodyElseWaits() = face.run {
        val queue = Queue<Int>()
        val a = getter(queue, "A")
        yieldOnce()
        queue.putNowait(1)
        a.cancel()
        assertEquals("CancelledError", outcomeOf(a))
        assertEquals(1, queue.getNowait())
    }

    @Test
    fun aPutterCancelledBeforeItWasWokenHasPutNothing() = face.run {
        val queue = Queue<Int>(1)
        queue.putNowait(0)
        val a = putter(queue, "A", 1)
        val b = putter(queue, "B", 2)
        yieldOnce()
        a.cancel("away")
        assertEquals("CancelledError: away", outcomeOf(a))
        assertEquals(0, await(queue.get()))
        assertEquals(2, await(queue.get()))
        await(b)
        assertTrue(queue.empty())
        trace.`is`("B put 2")
    }

    /** A and B wait to put. M takes an item and cancels A, which was woken by that and has not run yet. */
    @Test
    fun aPutterCancelledAfterItWasWokenPassesTheRoomOn() = face.run {
        val queue = Queue<Int>(1)
        queue.putNowait(0)
        val a = putter(queue, "A", 1)
        val b = putter(queue, "B", 2)
        yieldOnce()
        assertEquals(0, queue.getNowait())
        a.cancel()
        assertEquals("CancelledError", outcomeOf(a))
        await(b)
        assertEquals(2, queue.getNowait())
        trace.`is`("B put 2")
    }

    @Test
    fun gettersThatTimeOutDoNotPileUp() = face.run {
        val queue = Queue<Int>()
        repeat(100) { assertEquals("TimeoutException", outcomeOf(Asyncio.waitFor(queue.get(), 1.s))) }
        assertEquals("<Queue size=0>", queue.toString())
    }

    /** The item comes in the very iteration in which the time is up. */
    @Test
    fun inTheRaceOfATimeoutAndAPutTheItemIsGivenOrStays() = face.run {
        for (order in 0..1) {
            val queue = Queue<Int>()
            if (order == 0) loop.callLater(1.s) { queue.putNowait(7) }
            val getter = createTask { await(Asyncio.waitFor(queue.get(), 1.s)) }
            yieldOnce()
            if (order == 1) loop.callLater(1.s) { queue.putNowait(7) }
            val outcome = outcomeOf(getter)
            yieldTimes(2)
            if (outcome == "result 7") {
                assertTrue(queue.empty())
            } else {
                assertEquals("TimeoutException", outcome)
                assertEquals(7, queue.getNowait())
            }
        }
    }

    // ---- join

    @Test
    fun joinWaitsUntilEveryItemIsDone() = face.run {
        val queue = Queue<Int>()
        repeat(3) { queue.putNowait(it) }
        val worker = createTask {
            repeat(3) {
                await(queue.get())
                sleep(1)
                queue.taskDone()
            }
        }
        val joiners = List(2) {
            createTask {
                await(queue.join())
                trace.add("joined at $now")
            }
        }
        joiners.forEach { await(it) }
        await(worker)
        trace.`is`("joined at 3", "joined at 3")
    }

    @Test
    fun joiningAQueueWithNothingToDoDoesNotYield() = face.run {
        val queue = Queue<Int>()
        loop.callSoon(trace.adding("another iteration"))
        await(queue.join())
        trace.add("joined")
        yieldOnce()
        trace.`is`("joined", "another iteration")
    }

    @Test
    fun takingAnItemDoesNotMakeItDone() = face.run {
        val queue = Queue<Int>()
        queue.putNowait(1)
        queue.getNowait()
        val joiner = createTask { await(queue.join()) }
        yieldTimes(3)
        assertFalse(joiner.done())
        queue.taskDone()
        await(joiner)
    }

    /** The count gets to zero, which wakes the joiner; another item is put before the joiner runs. */
    @Test
    fun aPutBehindTheLastTaskDoneDoesNotHoldAWokenJoiner() = face.run {
        val queue = Queue<Int>()
        queue.putNowait(1)
        val joiner = createTask { await(queue.join()) }
        yieldOnce()
        queue.taskDone()
        queue.putNowait(2)
        await(joiner)
        assertEquals("<Queue size=2, unfinished=1>", queue.toString())
    }

    @Test
    fun moreItemsCannotBeDoneThanWerePut() = face.run {
        val queue = Queue<Int>()
        queue.putNowait(1)
        queue.taskDone()
        val error = assertThrows(IllegalArgumentException::class.java) { queue.taskDone() }
        assertEquals("task_done() called too many times", error.message)
        assertEquals("<Queue size=1>", queue.toString())
    }

    // ---- what it shows

    @Test
    fun showsItsState() = face.run {
        val queue = Queue<Int>(1)
        assertEquals("<Queue size=0, maxsize=1>", queue.toString())
        val getter = getter(queue, "A")
        yieldOnce()
        assertEquals("<Queue size=0, maxsize=1, getters=1>", queue.toString())
        queue.putNowait(1)
        assertEquals("<Queue size=1, maxsize=1, unfinished=1>", queue.toString())
        await(getter)
        queue.putNowait(2)
        val putter = putter(queue, "B", 3)
        yieldOnce()
        assertEquals("<Queue size=1, maxsize=1, putters=1, unfinished=2>", queue.toString())
        queue.shutdown()
        assertEquals("QueueShutDownException", outcomeOf(putter))
        assertEquals("<Queue size=1, maxsize=1, unfinished=2, shut down>", queue.toString())
        assertEquals("<LifoQueue size=0>", LifoQueue<Int>().toString())
        assertEquals("<PriorityQueue size=0, maxsize=3>", PriorityQueue<Int>(3).toString())
        assertEquals("Queue.get Queue.put Queue.join", "${queue.get()} ${queue.put(1)} ${queue.join()}")
    }
}
