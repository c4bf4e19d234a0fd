package dev.asyncio.engine.threads

import dev.asyncio.Asyncio
import dev.asyncio.Carrier
import dev.asyncio.EventLoop
import dev.asyncio.Future
import dev.asyncio.RunnerOptions
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource
import java.util.concurrent.Semaphore

/** Several threads hand callbacks to one loop in real time. A callback or a wake-up that got lost would hang the test. */
class CallSoonThreadsafeStressTest {
    @Test
    fun theCallersThreadRunsEachCallbackOnceAndThoseOfAThreadInOrder() = asyncio(OPTIONS) {
        flooded(Asyncio.getRunningLoop()) { it.await() }
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio.support.Jdk#carriers")
    fun theStackOfABodyRunsEachCallbackOnceAndThoseOfAThreadInOrder(carrier: Carrier) = Asyncio.run(
        { flooded(Asyncio.getRunningLoop()) { Asyncio.await(it) } },
        OPTIONS.withCarrier(carrier),
    )

    @Test
    fun theCallersThreadIsWokenByEachCallback() = asyncio(OPTIONS) {
        wokenEachTime(Asyncio.getRunningLoop()) { it.await() }
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio.support.Jdk#carriers")
    fun theStackOfABodyIsWokenByEachCallback(carrier: Carrier) = Asyncio.run(
        { wokenEachTime(Asyncio.getRunningLoop()) { Asyncio.await(it) } },
        OPTIONS.withCarrier(carrier),
    )

    private inline fun flooded(loop: EventLoop, await: (Future<Unit>) -> Unit) {
        val all = loop.createFuture<Unit>()
        val expected = IntArray(THREADS) // the number of each thread's next callback; the loop's own, unguarded
        val outOfOrder = ArrayList<String>()
        var left = THREADS * CALLBACKS
        val threads = OtherThreads(THREADS) { thread ->
            repeat(CALLBACKS) { number ->
                loop.callSoonThreadsafe {
                    if (expected[thread]++ != number) outOfOrder += "$number of thread $thread"
                    if (--left == 0) all.setResult(Unit)
                }
            }
        }
        threads.use { await(all) }
        assertEquals(emptyList<String>(), outOfOrder)
        assertArrayEquals(IntArray(THREADS) { CALLBACKS }, expected)
    }

    /** The other thread goes on only when its callback has run, so that the loop is idle or about to be each time. */
    private inline fun wokenEachTime(loop: EventLoop, await: (Future<Unit>) -> Unit) {
        val all = loop.createFuture<Unit>()
        var run = 0
        val thread = OtherThreads(1) {
            val done = Semaphore(0)
            repeat(WAKE_UPS) {
                loop.callSoonThreadsafe {
                    if (++run == WAKE_UPS) all.setResult(Unit)
                    done.release()
                }
                done.acquire()
            }
        }
        thread.use { await(all) }
        assertEquals(WAKE_UPS, run)
    }

    private companion object {
        const val THREADS = 4
        const val CALLBACKS = 20_000
        const val WAKE_UPS = 5_000
        val OPTIONS: RunnerOptions = RunnerOptions.DEFAULT.withInterruptHandler(false)
    }
}
