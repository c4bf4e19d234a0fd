package dev.asyncio.engine.threads

import dev.asyncio.Asyncio
import dev.asyncio.Awaitable
import dev.asyncio.Carrier
import dev.asyncio.Coroutine
import dev.asyncio.EventLoop
import dev.asyncio.Future
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutine
import dev.asyncio.support.isCancellation
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource
import java.util.concurrent.CancellationException
import java.util.concurrent.CompletableFuture
import kotlin.concurrent.thread

/**
 * A asks a loop to run a coroutine and gets a future of it. B completes what the coroutine waits for while C cancels that
 * future: whichever is first, both sides end, and they do not contradict each other.
 */
class RunCoroutineThreadsafeRaceTest {
    @Test
    fun aKotlinBodyEndsAndTheTwoSidesAgree() = race(null) { gate, log ->
        coroutine { log.watch { gate.await() } }
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio.support.Jdk#carriers")
    fun aJavaBodyEndsAndTheTwoSidesAgree(carrier: Carrier) = race(carrier) { gate, log ->
        Coroutine { log.watch { Asyncio.await(gate) } }
    }

    private fun race(carrier: Carrier?, body: (Awaitable<Int>, BodyLog) -> Coroutine<Int>) {
        val loop = if (carrier == null) Asyncio.newEventLoop() else Asyncio.newEventLoop(carrier)
        val runner = thread(name = "loop", block = loop::runForever)
        try {
            repeat(ROUNDS) { round -> meet(loop, round, body) }
        } finally {
            loop.callSoonThreadsafe(loop::stop)
            runner.join()
            loop.use { assertEquals(emptySet<Any>(), Asyncio.allTasks(it)) }
        }
    }

    private fun meet(loop: EventLoop, round: Int, body: (Awaitable<Int>, BodyLog) -> Coroutine<Int>) {
        val gate: Future<Int> = loop.createFuture()
        val log = BodyLog()
        val future: CompletableFuture<Int> = Asyncio.runCoroutineThreadsafe(body(gate, log), loop)
        var cancelled = false
        val others = OtherThreads(2) { thread ->
            if (thread == 0) {
                loop.callSoonThreadsafe { if (!gate.done()) gate.setResult(round) }
            } else {
                repeat(round % SPREAD) { Thread.onSpinWait() }
                cancelled = future.cancel(false)
            }
        }
        others.close()
        loop.settle()
        if (cancelled) {
            assertThrows(CancellationException::class.java) { future.get() }
            assertTrue(log.outcome in setOf(null, "result", "cancelled"), "the body: ${log.outcome}")
        } else {
            assertEquals(round, future.get())
            assertEquals("result", log.outcome)
        }
        assertEquals(cancelled, future.isCancelled)
    }

    /** Lets the loop do what follows from what it has been sent. */
    private fun EventLoop.settle() = repeat(HOPS) {
        val hop = CompletableFuture<Unit>()
        callSoonThreadsafe { hop.complete(Unit) }
        hop.get()
    }

    /** What became of the body of one round; null if it never began. Written by the loop, read after it has settled. */
    private class BodyLog {
        var outcome: String? = null

        inline fun watch(wait: () -> Int): Int {
            check(outcome == null) { "the body ran twice" }
            outcome = "still running"
            try {
                return wait().also { outcome = "result" }
            } catch (e: Throwable) {
                if (isCancellation(e)) outcome = "cancelled"
                throw e
            }
        }
    }

    private companion object {
        const val ROUNDS = 2_000
        const val SPREAD = 400
        const val HOPS = 6 // more iterations than there are from the gate's result, or the cancel, to the task's end
    }
}
