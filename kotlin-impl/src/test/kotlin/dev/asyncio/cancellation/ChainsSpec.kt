package dev.asyncio.cancellation

import dev.asyncio.Task
import dev.asyncio.TimeoutException
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.timeout
import dev.asyncio.support.AsyncioLog
import dev.asyncio.support.Runs
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds

/** Tasks that wait for tasks. */
class ChainsSpec : FunSpec({
    test("a cancellation goes down a chain of any length") {
        asyncio(Runs.onVirtualTime()) {
            val first = createTask { sleep(1.hours) }
            var last: Task<Unit> = first
            repeat(50_000) {
                val inner = last
                last = createTask { inner.await() }
            }
            shouldThrow<TimeoutException> { timeout(1.seconds) { last.await() } }
            first.cancelled() shouldBe true
            last.cancelling() shouldBe 1
        }
    }

    test("a task that waits for a circle of tasks cannot be cancelled, and says so") {
        shouldThrow<IllegalStateException> {
            asyncio(Runs.onVirtualTime()) {
                val circle = ArrayList<Task<Unit>>()
                repeat(3) { i -> circle += createTask { circle[(i + 1) % 3].await() } }
                val task = createTask { circle[0].await() }
                sleep(1.seconds)
                task.cancel()
            }
        }
        repeat(4) { AsyncioLog.expect("Task was destroyed but it is pending!") }
    }
})
