package dev.asyncio.kotlinface

import dev.asyncio.Asyncio
import dev.asyncio.CancelledError
import dev.asyncio.ExceptionGroup
import dev.asyncio.NoRunningLoopException
import dev.asyncio.RunnerOptions
import dev.asyncio.TimeoutException
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.taskGroup
import dev.asyncio.coroutines.timeout
import dev.asyncio.coroutines.timeoutAt
import dev.asyncio.support.Oops
import dev.asyncio.support.Runs
import dev.asyncio.support.Trace
import dev.asyncio.testing.VirtualTimeLoop
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.coroutines.CoroutineExceptionHandler
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.supervisorScope
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.cancellation.CancellationException
import kotlin.time.Duration
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.seconds

private val now get() = Asyncio.getRunningLoop().time().seconds

/** The blocks of the Kotlin face, and what is launched in them. */
class ScopesSpec : FunSpec({
    // A new one for each test: specs have one instance.
    lateinit var trace: Trace
    beforeTest { trace = Trace() }

    context("createTask { 7 } gives 7 in every scope") {
        test("in asyncio") {
            asyncio(Runs.onVirtualTime()) { createTask { 7 }.await() } shouldBe 7
        }
        test("in a task") {
            asyncio(Runs.onVirtualTime()) { createTask { createTask { 7 }.await() }.await() } shouldBe 7
        }
        test("in a coroutine") {
            asyncio(Runs.onVirtualTime()) { coroutine { createTask { 7 }.await() }.await() } shouldBe 7
        }
        test("in a taskGroup, where it is the group's") {
            asyncio(Runs.onVirtualTime()) {
                taskGroup {
                    val task = createTask("in the group") { 7 }
                    group.toString() shouldBe "<TaskGroup tasks=1 entered>"
                    task.await()
                }
            } shouldBe 7
        }
        test("in a timeout") {
            asyncio(Runs.onVirtualTime()) { timeout(1.seconds) { createTask { 7 }.await() } } shouldBe 7
        }
        test("in a launched child") {
            asyncio(Runs.onVirtualTime()) {
                launch { trace.add(createTask { 7 }.await()) }.join()
            }
            trace.`is`(7)
        }
        test("on a loop that is given") {
            VirtualTimeLoop().use { loop -> loop.runUntilComplete(createTask(loop = loop) { 7 }) } shouldBe 7
        }
    }

    context("asyncio") {
        test("returns the value of its block") {
            asyncio(Runs.onVirtualTime()) { sleep(1.seconds, "value") } shouldBe "value"
        }
        test("throws the exception of its block as it is") {
            val oops = Oops("as it is")
            shouldThrow<Oops> { asyncio(Runs.onVirtualTime()) { throw oops } } shouldBeSameInstanceAs oops
        }
        test("throws Kotlin's kind of cancellation") {
            shouldThrow<CancellationException> {
                asyncio(Runs.onVirtualTime()) { throw CancelledError("Java's kind") }
            }.message shouldBe "Java's kind"
            shouldThrow<CancellationException> {
                asyncio<Unit>(Runs.onVirtualTime()) { throw CancellationException("Kotlin's kind") }
            }.message shouldBe "Kotlin's kind"
        }
        test("cancels what was launched and waits for it") {
            asyncio(Runs.onVirtualTime()) {
                launch {
                    try {
                        awaitCancellation()
                    } finally {
                        trace.add("launched child cancelled at $now")
                    }
                }
                delay(1000)
                trace.add("block ends")
            }
            trace.`is`("block ends", "launched child cancelled at 1")
        }
        test("cancels the tasks that are left") {
            asyncio(Runs.onVirtualTime()) {
                createTask {
                    try {
                        sleep(1.days)
                    } finally {
                        sleep(1.seconds)
                        trace.add("task cleaned up")
                    }
                }
                sleep(1.seconds)
            }
            trace.`is`("task cleaned up")
        }
        test("is refused inside of a running loop") {
            asyncio(Runs.onVirtualTime()) {
                shouldThrow<IllegalStateException> { asyncio(Runs.onVirtualTime()) { } }
            }
        }
        test("takes no stack") {
            asyncio(Runs.onVirtualTime()) {
                val tasks = List(10) { createTask { sleep(1.seconds) } }
                tasks.forEach { it.await() }
                Asyncio.getRunningLoop().toString().contains("stacks=0") shouldBe true
            }
        }
    }

    context("the scope of a block is that of its task") {
        test("what a task launches is cancelled with it") {
            asyncio(Runs.onVirtualTime()) {
                val task = createTask {
                    launch {
                        try {
                            awaitCancellation()
                        } finally {
                            trace.add("child")
                        }
                    }
                    awaitCancellation()
                }
                sleep(1.seconds)
                task.cancel()
                shouldThrow<CancellationException> { task.await() }
                sleep(1.seconds)
            }
            trace.`is`("child")
        }
        test("what a task launches ends with it") {
            asyncio(Runs.onVirtualTime()) {
                createTask {
                    launch {
                        try {
                            awaitCancellation()
                        } finally {
                            trace.add("child")
                        }
                    }
                    sleep(1.seconds)
                    trace.add("task")
                }.await()
                sleep(1.seconds)
            }
            trace.`is`("task", "child")
        }
        test("a launched child runs on the loop, in order") {
            asyncio(Runs.onVirtualTime()) {
                launch { trace.add("launched 1") }
                createTask { trace.add("task") }
                launch { trace.add("launched 2") }
                trace.add("block")
                sleep(1.seconds)
            }
            trace.`is`("block", "launched 1", "task", "launched 2")
        }
        test("a launched child awaits tasks and futures") {
            asyncio(Runs.onVirtualTime()) {
                val task = createTask { sleep(1.seconds, "result") }
                launch { trace.add("child got ${task.await()}") }
                trace.add("task got ${task.await()}")
                sleep(1.seconds)
            }
            trace.events().toSet() shouldBe setOf("task got result", "child got result")
        }
        test("a failing child of a task does not fail the task, as a scope of its own would") {
            asyncio(Runs.onVirtualTime()) {
                val task = createTask {
                    supervisorScope {
                        launch(CoroutineExceptionHandler { _, e -> trace.add(e.message) }) {
                            throw Oops("child")
                        }
                    }
                    "task"
                }
                task.await() shouldBe "task"
            }
            trace.`is`("child")
        }
    }

    context("taskGroup") {
        test("waits for its tasks and gives the value of its block") {
            asyncio(Runs.onVirtualTime()) {
                taskGroup {
                    createTask {
                        sleep(2.seconds)
                        trace.add("child at $now")
                    }
                    "value"
                } shouldBe "value"
            }
            trace.`is`("child at 2")
        }
        test("throws its failures as one group") {
            asyncio(Runs.onVirtualTime()) {
                val group = shouldThrow<ExceptionGroup> {
                    taskGroup {
                        createTask { throw Oops("first") }
                        createTask {
                            try {
                                awaitCancellation()
                            } finally {
                                throw Oops("second")
                            }
                        }
                        sleep(1.days)
                    }
                }
                group.exceptions().map { it.message } shouldBe listOf("first", "second")
            }
        }
        test("what its block launches belongs to the task and not to the group") {
            asyncio(Runs.onVirtualTime()) {
                taskGroup {
                    launch {
                        sleep(5.seconds)
                        trace.add("launched at $now")
                    }
                    createTask { sleep(1.seconds) }
                }
                trace.add("group ends at $now")
                sleep(10.seconds)
            }
            trace.`is`("group ends at 1", "launched at 5")
        }
        test("outside of a task is refused") {
            // Virtual time knows nothing of a scope that is no task's.
            asyncio(RunnerOptions.DEFAULT.withInterruptHandler(false)) {
                CoroutineScope(EmptyCoroutineContext).launch(Dispatchers.IO) {
                    shouldThrow<IllegalStateException> { taskGroup { } }
                    trace.add("refused")
                }.join()
            }
            trace.`is`("refused")
        }
    }

    context("timeout") {
        test("gives the value of a block in time") {
            asyncio(Runs.onVirtualTime()) { timeout(2.seconds) { sleep(1.seconds, "in time") } } shouldBe "in time"
        }
        test("throws TimeoutException and cancels the block") {
            asyncio(Runs.onVirtualTime()) {
                shouldThrow<TimeoutException> {
                    timeout(1.seconds) {
                        try {
                            delay(100_000)
                        } finally {
                            trace.add("cancelled at $now")
                        }
                    }
                }
                timeoutAt(5.seconds) { sleep(1.seconds, "until five") } shouldBe "until five"
                timeout(null) { sleep(1.days, "no limit") } shouldBe "no limit"
            }
            trace.`is`("cancelled at 1")
        }
        test("an infinite one is as far away as clocks can count") {
            asyncio(Runs.onVirtualTime()) {
                val never = Asyncio.getRunningLoop().createFuture<Int>()
                shouldThrow<TimeoutException> { timeout(Duration.INFINITE) { never.await() } }
            }
            asyncio(Runs.onVirtualTime()) {
                val never = Asyncio.getRunningLoop().createFuture<Int>()
                shouldThrow<TimeoutException> { timeoutAt(Duration.INFINITE) { never.await() } }
            }
        }
    }

    context("without a running loop") {
        test("createTask says so") {
            shouldThrow<NoRunningLoopException> { createTask { 7 } }
        }
        test("timeout says so, also where there is no limit") {
            shouldThrow<NoRunningLoopException> { timeout(1.seconds) { 7 } }
            shouldThrow<NoRunningLoopException> { timeout(null) { 7 } }
            shouldThrow<NoRunningLoopException> { timeoutAt(null) { 7 } }
        }
    }
})
