package dev.asyncio.iteration

import dev.asyncio.AsyncIterator
import dev.asyncio.AsyncIterators
import dev.asyncio.Asyncio
import dev.asyncio.Coroutine
import dev.asyncio.KeyboardInterrupt
import dev.asyncio.TimeoutException
import dev.asyncio.coroutines.asFlow
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.taskGroup
import dev.asyncio.coroutines.timeout
import dev.asyncio.coroutines.use
import dev.asyncio.coroutines.waitFor
import dev.asyncio.files.AsyncCloseable
import dev.asyncio.interop.cancelledAt
import dev.asyncio.interop.program
import dev.asyncio.support.Oops
import dev.asyncio.support.s
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.throwables.shouldThrowAny
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.withTimeout
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** With assertions on, a coroutine of kotlinx throws a copy, of which the original is the cause. */
private inline fun thrownBy(block: () -> Any?): Throwable = shouldThrowAny(block).let { it.cause ?: it }

/** Numbers without end, whose clean-up is [close]. */
private fun numbers(close: () -> Unit): AsyncIterator<Int> = AsyncIterators.generate { emitter ->
    try {
        var i = 0
        while (true) emitter.emit(++i)
    } finally {
        close()
    }
}

private fun slowlyClosed(): AsyncIterator<Int> = numbers { Asyncio.await(Asyncio.sleep(2.s)) }

private fun closeable(close: suspend () -> Unit) = object : AsyncCloseable {
    override fun close(): Coroutine<Void?> = coroutine {
        close()
        null
    }
}

private suspend fun group(end: suspend () -> Unit) = taskGroup {
    createTask {
        try {
            sleep(1.hours)
        } finally {
            sleep(2.seconds)
        }
    }
    sleep(1.milliseconds)
    end()
}

/** What kotlinx ends the block of a `withTimeout` with, or of a flow that has emitted enough, cancels no task. */
class ClosedEarlySpec :
    FunSpec({
        val cleaningUp: Map<String, suspend CoroutineScope.() -> Unit> = mapOf(
            "an iterator is closed whose flow has emitted enough" to { slowlyClosed().asFlow().first() },
            "a resource is closed in a flow that has emitted enough" to {
                flow { closeable { sleep(2.seconds) }.use { emit(1) } }.first()
            },
            "a resource is closed after a withTimeout" to {
                try {
                    closeable { sleep(2.seconds) }.use { withTimeout(1) { sleep(1.hours) } }
                } catch (_: TimeoutCancellationException) {
                }
            },
            "a group waits in a flow that has emitted enough" to { flow { group { emit(1) } }.first() },
            "a group waits after a withTimeout" to {
                try {
                    group { withTimeout(1) { sleep(1.hours) } }
                } catch (_: TimeoutCancellationException) {
                }
            },
        )
        for ((moment, block) in cleaningUp) {
            test("a cancellation that comes while $moment ends the task") {
                shouldThrow<CancellationException> {
                    cancelledAt(1000) {
                        block()
                        sleep(1.hours)
                    }
                }
            }

            test("a timeout that expires while $moment is told") {
                program {
                    shouldThrow<TimeoutException> { timeout(1.seconds) { block() } }
                    shouldThrow<TimeoutException> { waitFor(coroutine(block), 1.seconds) }
                }
            }
        }

        val places: Map<String, suspend (suspend () -> Unit) -> Unit> = mapOf(
            "a task" to { block -> block() },
            "a coroutine of kotlinx" to { block -> coroutineScope { block() } },
        )
        for ((place, enter) in places) {
            for (error in listOf(Oops("on closing"), AssertionError("on closing"))) {
                test("what the end of a flow fails with is thrown in $place: ${error.javaClass.simpleName}") {
                    program {
                        enter {
                            val fails = { throw error }
                            thrownBy { numbers(fails).asFlow().first() } shouldBeSameInstanceAs error
                            thrownBy { numbers(fails).asFlow().take(2).toList() } shouldBeSameInstanceAs error
                            thrownBy { flow { closeable(fails).use { emit(1) } }.first() } shouldBeSameInstanceAs error
                        }
                    }
                }
            }
        }

        test("a KeyboardInterrupt at the end of a flow leaves the loop") {
            shouldThrow<KeyboardInterrupt> { program { numbers { throw KeyboardInterrupt() }.asFlow().first() } }
        }
    })
