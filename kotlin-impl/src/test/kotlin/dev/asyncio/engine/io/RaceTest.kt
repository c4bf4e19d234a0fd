package dev.asyncio.engine.io

import dev.asyncio.Asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import dev.asyncio.engine.runningLoop
import dev.asyncio.support.Runs
import kotlinx.coroutines.awaitCancellation
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.IOException
import java.nio.channels.SocketChannel
import java.util.concurrent.CancellationException
import kotlin.time.Duration.Companion.milliseconds

/** Who of several attempts starts when, and who wins; as `staggered_race` has it. */
class RaceTest {
    private val log = ArrayList<String>()
    private val errors = ArrayList<IOException>()
    private val channels = ArrayList<SocketChannel>()

    /** An attempt that ends after some milliseconds, in a channel or with an error. */
    private class Attempt(val name: String, val millis: Int, val succeeds: Boolean = false)

    /** Lets [attempts] race with a delay of 100 ms. */
    private fun race(vararg attempts: Attempt): SocketChannel? = Asyncio.run(
        coroutine {
            val loop = runningLoop()
            val start = loop.nanoTime()
            fun now() = (loop.nanoTime() - start) / NANOS_PER_MILLI
            val bodies = attempts.map { attempt ->
                suspend {
                    log += "${attempt.name} starts at ${now()}"
                    sleep(attempt.millis.milliseconds)
                    log += "${attempt.name} ends at ${now()}"
                    if (!attempt.succeeds) throw IOException(attempt.name)
                    SocketChannel.open().also(channels::add)
                }
            }
            Race(loop, bodies, 100 * NANOS_PER_MILLI, errors).run()
        },
        Runs.onVirtualTime(),
    )

    @Test
    fun theNextStartsWhenTheDelayIsOverOrTheOneBeforeHasFailed() {
        assertNull(race(Attempt("a", 500), Attempt("b", 50), Attempt("c", 200)))
        val expected = listOf(
            "a starts at 0",
            "b starts at 100",
            "b ends at 150",
            "c starts at 150",
            "c ends at 350",
            "a ends at 500",
        )
        assertEquals(expected, log)
    }

    @Test
    fun aFailureOfAnOlderOneNeitherStartsTheNextNorPutsItOff() {
        assertNull(race(Attempt("a", 150), Attempt("b", 500), Attempt("c", 10)))
        val expected = listOf(
            "a starts at 0",
            "b starts at 100",
            "a ends at 150",
            "c starts at 200",
            "c ends at 210",
            "b ends at 600",
        )
        assertEquals(expected, log)
    }

    @Test
    fun errorsAreInTheOrderOfTheAttempts() {
        assertNull(race(Attempt("a", 500), Attempt("b", 10), Attempt("c", 300)))
        assertEquals(listOf("a", "b", "c"), errors.map { it.message })
    }

    @Test
    fun theFirstThatSucceedsEndsTheOthers() {
        val winner = race(Attempt("a", 500), Attempt("b", 150, succeeds = true), Attempt("c", 500), Attempt("d", 1))
        assertSame(channels.single(), winner)
        assertTrue(winner!!.isOpen)
        winner.close()
        assertEquals(listOf("a starts at 0", "b starts at 100", "c starts at 200", "b ends at 250"), log)
        assertTrue(errors.isEmpty())
    }

    @Test
    fun ofTwoThatSucceedTogetherOneIsClosed() {
        val winner = race(Attempt("a", 200, succeeds = true), Attempt("b", 100, succeeds = true))
        assertSame(channels.first { it.isOpen }, winner)
        assertEquals(2, channels.size)
        winner!!.close()
        channels.forEach { assertFalse(it.isOpen) }
    }

    /** As if the wait for it had been cancelled, which Kotlin code sees as its own kind. */
    @Test
    fun anAttemptThatSomebodyCancelsEndsTheRace() {
        Runs.virtual(
            coroutine {
                val attempt: suspend () -> SocketChannel = { awaitCancellation() }
                val race = createTask {
                    runCatching { Race(runningLoop(), listOf(attempt), 100 * NANOS_PER_MILLI, errors).run() }
                }
                sleep(1.milliseconds)
                Asyncio.allTasks().single { it !== race && it !== Asyncio.currentTask() }.cancel("by name")
                val error = race.await().exceptionOrNull()
                assertInstanceOf(CancellationException::class.java, error)
                assertEquals("by name", error!!.message)
            },
        )
    }

    private companion object {
        const val NANOS_PER_MILLI = 1_000_000L
    }
}
