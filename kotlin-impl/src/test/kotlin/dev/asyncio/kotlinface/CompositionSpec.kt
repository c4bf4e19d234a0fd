package dev.asyncio.kotlinface

import dev.asyncio.Asyncio
import dev.asyncio.Future
import dev.asyncio.ReturnWhen
import dev.asyncio.Task
import dev.asyncio.Timeout
import dev.asyncio.TimeoutException
import dev.asyncio.coroutines.asCompleted
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.deadline
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.gatherOutcomes
import dev.asyncio.coroutines.inExecutor
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.toThread
import dev.asyncio.coroutines.wait
import dev.asyncio.coroutines.waitFor
import dev.asyncio.support.Oops
import dev.asyncio.support.Runs
import dev.asyncio.support.s
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import java.util.concurrent.Executor
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

private val now get() = Asyncio.getRunningLoop().time().seconds

private fun virtual(block: suspend CoroutineScope.() -> Unit) = asyncio(Runs.onVirtualTime(), block)

/** The suspend functions of the Kotlin face beside tasks and scopes. */
class CompositionSpec : FunSpec({
    test("sleep takes Kotlin's durations and gives a result") {
        virtual {
            sleep(1500.milliseconds)
            Asyncio.getRunningLoop().time().toMillis() shouldBe 1500
            sleep(1.days, "slept") shouldBe "slept"
        }
    }

    test("gather awaits and gives results in the order of the arguments") {
        virtual {
            gather(coroutine { sleep(2.seconds, "slow") }, coroutine { sleep(1.seconds, "fast") }) shouldBe
                listOf("slow", "fast")
            gather(List(3) { i -> coroutine { i } }) shouldBe listOf(0, 1, 2)
            now shouldBe 2
        }
    }

    test("gather takes awaitables of different types") {
        virtual {
            val mixed: List<Any> = gather(createTask { 7 }, coroutine { "seven" })
            mixed shouldBe listOf(7, "seven")
            val unknown: List<Task<out Any>> = listOf(createTask { 7 }, createTask { "seven" })
            gather(unknown) shouldBe mixed
            wait(unknown).done() shouldBe unknown.toSet()
        }
    }

    test("gather throws the first failure") {
        virtual {
            shouldThrow<Oops> { gather(coroutine { throw Oops("first") }, coroutine { sleep(1.days) }) }
                .message shouldBe "first"
        }
    }

    test("gatherOutcomes tells values from exceptions") {
        virtual {
            val outcomes = gatherOutcomes(coroutine { "value" }, coroutine { throw Oops("failure") })
            outcomes.map { it.isSuccess } shouldBe listOf(true, false)
            outcomes[0].value() shouldBe "value"
            outcomes[1].exception()?.message shouldBe "failure"
        }
    }

    test("wait gives what is done and what is not") {
        virtual {
            val slow = createTask { sleep(5.seconds) }
            val fast = createTask { sleep(1.seconds) }
            val first = wait(listOf(slow, fast), returnWhen = ReturnWhen.FIRST_COMPLETED)
            first.done() shouldBe setOf(fast)
            first.pending() shouldBe setOf(slow)
            wait(listOf(slow), timeout = 1.seconds).pending() shouldBe setOf(slow)
            now shouldBe 2
            wait(listOf(slow, fast)).pending() shouldBe emptySet()
            shouldThrow<IllegalArgumentException> { wait(emptyList<Future<Int>>()) }
        }
    }

    test("waitFor limits one awaitable") {
        virtual {
            waitFor(coroutine { sleep(1.seconds, "in time") }, 2.seconds) shouldBe "in time"
            shouldThrow<TimeoutException> { waitFor(coroutine { sleep(1.days) }, 2.seconds) }
            waitFor(coroutine { sleep(1.days, "no limit") }, null) shouldBe "no limit"
        }
    }

    test("asCompleted is a flow of futures in the order in which they finish") {
        virtual {
            val flow = asCompleted(listOf(3, 1, 2).map { i -> coroutine { sleep(i.seconds, i) } })
            sleep(1.seconds)
            flow.take(1).map { it.await() }.toList() shouldBe listOf(1)
            flow.map { it.await() }.toList() shouldBe listOf(2, 3)
            now shouldBe 3
        }
    }

    test("asCompleted throws in the collector when the time is up") {
        virtual {
            val slow = createTask { sleep(10.seconds) }
            asCompleted(listOf(slow), 1.seconds)
                .map { "not this" }
                .catch { emit(it.javaClass.simpleName) }
                .toList() shouldBe listOf("TimeoutException")
        }
    }

    test("toThread and inExecutor run blocking work elsewhere") {
        virtual {
            toThread { Thread.currentThread().name } shouldStartWith "asyncio_"
            inExecutor(null) { Thread.currentThread().name } shouldStartWith "asyncio_"
            val here = Executor { it.run() }
            inExecutor(here) { 7 } shouldBe 7
            shouldThrow<Oops> { toThread { throw Oops("in the thread") } }
        }
    }

    test("tasks have names, numbered ones by default") {
        virtual {
            createTask("worker") { }.name shouldBe "worker"
            createTask { }.name shouldStartWith "Task-"
        }
    }

    test("deadlines in Kotlin's durations") {
        virtual {
            Timeout(2.s).deadline shouldBe 2.seconds
            Timeout(null).deadline.shouldBeNull()
            val timer = Asyncio.getRunningLoop().callLater(3.s) { }
            timer.deadline shouldBe 3.seconds
            timer.cancel()
        }
    }
})
