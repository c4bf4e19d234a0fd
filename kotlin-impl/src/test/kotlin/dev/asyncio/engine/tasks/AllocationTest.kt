package dev.asyncio.engine.tasks

import com.sun.management.ThreadMXBean
import dev.asyncio.Asyncio
import dev.asyncio.Carrier
import dev.asyncio.Coroutine
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.awaitGet
import dev.asyncio.coroutines.awaitPut
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.waitFor
import dev.asyncio.coroutines.withLock
import dev.asyncio.queues.Queue
import dev.asyncio.sync.Lock
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test
import java.lang.management.ManagementFactory
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/**
 * What the hot paths allocate: a number that, unlike time, is the same on every machine. The JVM counts it for a platform
 * thread: the calling one runs suspend bodies, and a Java body that is alone drives the loop on its own.
 */
class AllocationTest {
    @Test
    fun aSwitchAllocatesNothing() = assertAllocates(atMost = 8, operations = 100_000) { operations ->
        coroutine {
            gather(List(TASKS) { createTask { repeat(operations / TASKS) { sleep(Duration.ZERO) } } })
        }
    }

    @Test
    fun aSwitchOfAJavaBodyAllocatesNothing() = Asyncio.newEventLoop(Carrier.PLATFORM).use { loop ->
        val main = Coroutine<Unit> {
            assertAllocatesHere(atMost = 8, operations = 10_000) { operations ->
                repeat(operations) { Asyncio.await(Asyncio.sleep(java.time.Duration.ZERO)) }
            }
        }
        loop.runUntilComplete(main)
    }

    @Test
    fun aTaskThatIsGatheredTakesAFewObjects() = assertAllocates(atMost = 164, operations = 10_000) { operations ->
        coroutine {
            gather(List(operations) { createTask { } })
        }
    }

    @Test
    fun aFutureThatIsDoneIsAwaitedForNothing() = assertAllocates(atMost = 8, operations = 100_000) { operations ->
        coroutine {
            val done = Asyncio.getRunningLoop().createFuture<Unit>().apply { setResult(Unit) }
            repeat(operations) { done.await() }
        }
    }

    @Test
    fun aRoundTripThroughTwoQueuesTakesAFewObjects() = assertAllocates(
        atMost = 144,
        operations = 10_000,
    ) { operations ->
        coroutine {
            val there = Queue<Any>(1)
            val back = Queue<Any>(1)
            val echo = createTask {
                repeat(operations) { back.awaitPut(there.awaitGet()) }
            }
            repeat(operations) {
                there.awaitPut(Unit)
                back.awaitGet()
            }
            echo.await()
        }
    }

    @Test
    fun aFreeLockIsTakenForNothing() = assertAllocates(atMost = 8, operations = 100_000) { operations ->
        coroutine {
            val lock = Lock()
            repeat(operations) { lock.withLock { } }
        }
    }

    @Test
    fun aLockThatGoesFromTaskToTaskTakesAFewObjects() = assertAllocates(
        atMost = 88,
        operations = 10_000,
    ) { operations ->
        coroutine {
            val lock = Lock()
            val body = suspend { repeat(operations / TASKS) { lock.withLock { sleep(Duration.ZERO) } } }
            gather(List(TASKS) { createTask { body() } })
        }
    }

    @Test
    fun aLimitThatDoesNotFireTakesAFewObjects() = assertAllocates(atMost = 256, operations = 10_000) { operations ->
        coroutine {
            val nap = Asyncio.sleep(java.time.Duration.ZERO)
            repeat(operations) { waitFor(nap, 10.seconds) }
        }
    }

    private fun assertAllocates(atMost: Int, operations: Int, make: (Int) -> Coroutine<*>) =
        Asyncio.newEventLoop().use { loop ->
            assertAllocatesHere(atMost, operations) { loop.runUntilComplete(make(it)) }
        }

    private fun assertAllocatesHere(atMost: Int, operations: Int, action: (Int) -> Unit) {
        val threads = ManagementFactory.getThreadMXBean() as ThreadMXBean
        assumeTrue(threads.isThreadAllocatedMemorySupported) { "this JVM does not count what a thread allocates" }
        threads.isThreadAllocatedMemoryEnabled = true
        val best = (1..RUNS).minOf {
            val before = threads.getThreadAllocatedBytes(Thread.currentThread().id)
            action(operations)
            threads.getThreadAllocatedBytes(Thread.currentThread().id) - before
        }
        val each = best.toDouble() / operations
        assertTrue(each <= atMost) { "$each bytes for each operation, $atMost are allowed" }
    }

    private companion object {
        const val TASKS = 100
        const val RUNS = 30 // the first of which run interpreted
    }
}
