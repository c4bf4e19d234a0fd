package dev.asyncio.conformance

import dev.asyncio.EventLoop
import dev.asyncio.engine.VirtualLoopImpl
import dev.asyncio.engine.loop.ReadyItem
import dev.asyncio.engine.loop.ReadyQueue
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import java.time.Duration
import java.util.function.Supplier

/** The suite notices an engine whose order is wrong. */
internal class BrokenEngineTest {
    @ParameterizedTest
    @EnumSource
    fun lastInFirstOutFailsTheSuite(face: Face) {
        val report = ConformanceSuite.run(face, Supplier { LastInFirstOutLoop() })

        assertTrue(report.failed() > report.run() / 2) { "a broken engine passed too much:\n$report" }
    }

    private class LastInFirstOutLoop : ProgramLoop {
        private val engine = VirtualLoopImpl(face = null, carrier = null, ready = LastInFirstOutQueue())

        override fun loop(): EventLoop = engine

        override fun advance(duration: Duration) = engine.advance(duration)

        override fun runUntilIdle() = engine.runUntilIdle()
    }

    private class LastInFirstOutQueue : ReadyQueue() {
        override fun poll(): ReadyItem = pollLast()
    }
}
