package dev.asyncio.engine.threads

import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import java.util.concurrent.Callable
import java.util.concurrent.CountDownLatch
import java.util.concurrent.RejectedExecutionException
import java.util.concurrent.TimeUnit

/** The threads of the default executor: when one is started, and when it ends. */
class DefaultExecutorTest {
    private val pool = DefaultExecutor.newPool()

    @AfterEach
    fun shutDown() {
        pool.shutdown()
        pool.awaitTermination(1, TimeUnit.MINUTES)
    }

    private fun threadOfNextJob(): Thread = pool.submit(Callable { Thread.currentThread() }).get()

    private fun Thread.awaitIdle() {
        do {
            val now = state
            assertNotEquals(Thread.State.TERMINATED, now, "it has been idle for too long")
        } while (now != Thread.State.TIMED_WAITING)
    }

    @Test
    fun aThreadThatIsIdleIsUsedBeforeAnotherIsStarted() {
        pool.setKeepAliveTime(1, TimeUnit.HOURS)
        val thread = threadOfNextJob()
        repeat(5) {
            thread.awaitIdle()
            assertSame(thread, threadOfNextJob())
        }
    }

    @Test
    fun jobsThatNeedEachOtherAllHaveAThread() {
        repeat(ROUNDS) {
            val all = CountDownLatch(pool.maximumPoolSize)
            val jobs = List(pool.maximumPoolSize) { pool.submit { all.apply { countDown() }.await() } }
            jobs.forEach { it.get() }
        }
    }

    @Test
    fun whatFindsAllThreadsBusyWaitsForOne() {
        val mayEnd = CountDownLatch(1)
        val busy = List(pool.maximumPoolSize) { pool.submit { mayEnd.await() } }
        val waiting = List(3) { pool.submit {} }
        assertEquals(waiting.size, pool.queue.size)
        mayEnd.countDown()
        (busy + waiting).forEach { it.get() }
    }

    /** Or else a program that leaves its loop open would never end. */
    @Test
    fun aThreadThatStaysIdleEnds() {
        pool.setKeepAliveTime(1, TimeUnit.NANOSECONDS)
        val thread = threadOfNextJob()
        thread.join(TimeUnit.MINUTES.toMillis(1))
        assertFalse(thread.isAlive)
        threadOfNextJob()
    }

    @Test
    fun aJobThatComesAfterTheShutdownIsRejected() {
        pool.shutdown()
        assertThrows(RejectedExecutionException::class.java) { pool.execute {} }
    }

    private companion object {
        const val ROUNDS = 1000
    }
}
