package dev.asyncio.interop

import dev.asyncio.KeyboardInterrupt
import dev.asyncio.coroutines.asJob
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutineScope
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import dev.asyncio.support.Oops
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.AbstractCoroutine
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.isActive
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import java.time.Duration
import java.util.concurrent.CountDownLatch
import kotlin.concurrent.thread
import kotlin.coroutines.CoroutineContext
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds

class JobOfTaskSpec : FunSpec({
    test("a Job of an earlier epoch is dead, the present one is not") {
        cancelledAt(10) {
            val before = coroutineContext[Job]!!
            swallow { delay(1.hours) }
            before.isActive to coroutineContext[Job]!!.isActive
        } shouldBe (false to true)
    }

    test("a body that only waits for the loop makes no Job") {
        program {
            val task = createTask {
                sleep(5.milliseconds)
                loop.createFuture<Int>().also { it.setResult(1) }.await()
            }
            task.await()
            Epochs.of(task) shouldBe null
            val other = createTask { delay(5) }
            other.await()
            (Epochs.of(other) == null) shouldBe false
        }
    }

    context("what a completion handler throws is reported, and") {
        test("the task ends as it would have") {
            program {
                val reports = mutableListOf<String?>()
                loop.setExceptionHandler { _, report -> reports += report.exception()?.cause?.message }
                val task = createTask {
                    coroutineContext.job.invokeOnCompletion { throw Oops("handler") }
                    delay(1)
                    7
                }
                task.await() shouldBe 7
                reports shouldBe listOf("handler")
            }
        }

        test("does not reach whoever cancels") {
            program {
                val reports = mutableListOf<String?>()
                loop.setExceptionHandler { _, report -> reports += report.exception()?.cause?.message }
                val task = createTask {
                    coroutineContext.job.invokeOnCompletion { throw Oops("handler") }
                    delay(1.hours)
                }
                delay(1)
                task.cancel() shouldBe true
                swallow { task.await() } shouldBe "cancelled"
                reports shouldBe listOf("handler")
            }
        }
    }

    test("the end of run waits for siblings of a child that has failed") {
        val log = mutableListOf<Any>()
        shouldThrow<Oops> {
            program {
                launch {
                    try {
                        awaitCancellation()
                    } finally {
                        withContext(NonCancellable) { delay(50) }
                        log += "cleaned up"
                    }
                }
                launch {
                    delay(5)
                    throw Oops("child")
                }
                delay(1.hours)
            }
        }
        log shouldBe listOf("cleaned up")
    }

    test("the end of run waits for what main has launched, though main is cancelled meanwhile") {
        val log = mutableListOf<Any>()
        shouldThrow<CancellationException> {
            program {
                launch {
                    try {
                        awaitCancellation()
                    } finally {
                        withContext(NonCancellable) { delay(50) }
                        log += millisNow
                    }
                }
                delay(1)
                val main = thisTask
                loop.callLater(Duration.ofMillis(10)) { main.cancel() }
            }
        }
        log shouldBe listOf(51L)
    }

    context("the end of run cancels all at once:") {
        test("what main has launched may wait for a task") {
            val log = mutableListOf<String>()
            program {
                val task = createTask { cleanUp { log += "task" } }
                launch {
                    try {
                        awaitCancellation()
                    } finally {
                        withContext(NonCancellable) { task.asJob().join() }
                        log += "child"
                    }
                }
                delay(1)
            }
            log shouldBe listOf("task", "child")
        }

        test("a task may wait for a coroutine of the loop's scope") {
            val log = mutableListOf<String>()
            program {
                val coroutine = loop.coroutineScope.launch { cleanUp { log += "coroutine" } }
                createTask {
                    try {
                        awaitCancellation()
                    } finally {
                        coroutine.join()
                        log += "task"
                    }
                }
                delay(1)
            }
            log shouldBe listOf("coroutine", "task")
        }

        test("each task once, and none that is made in clean-up") {
            val log = mutableListOf<String>()
            program {
                launch { cleanUp { log += "child" } }
                createTask {
                    try {
                        awaitCancellation()
                    } finally {
                        sleep(50.milliseconds)
                        createTask { sleep(50.milliseconds) }.await()
                        log += "task"
                    }
                }
                delay(1)
            }
            log shouldBe listOf("child", "task")
        }

        test("also if something fatal ends it while it waits for what main has launched") {
            val log = mutableListOf<String>()
            shouldThrow<KeyboardInterrupt> {
                program {
                    launch { cleanUp { log += "child" } }
                    createTask {
                        try {
                            awaitCancellation()
                        } finally {
                            throw KeyboardInterrupt()
                        }
                    }
                    createTask { cleanUp { log += "task" } }
                    delay(1)
                }
            }
            log shouldBe listOf("child", "task")
        }
    }

    for (looked in listOf(true, false)) {
        test("a task that is done starts no child, its Job ${if (looked) "known" else "unknown"} before") {
            program {
                lateinit var scope: CoroutineScope
                val task = createTask {
                    scope = this
                    if (looked) isActive shouldBe true
                }
                task.await()
                val child = scope.launch { error("started") }
                sleep(5.milliseconds)
                child.isCancelled shouldBe true
                scope.isActive shouldBe false
            }
        }
    }

    context("a child that is being made, and has no context yet,") {
        test("does not keep its task from being cancelled") {
            program {
                lateinit var scope: CoroutineScope
                val task = createTask {
                    scope = this
                    delay(1.hours)
                }
                sleep(1.milliseconds)
                HalfMade(scope.coroutineContext) { task.cancel() }.resumeWith(Result.success(Unit))
                swallow { task.await() } shouldBe "cancelled"
            }
        }

        test("is waited for on virtual time: another thread makes it") {
            program {
                val here = loop
                val context = coroutineContext
                val sleeper = Thread.currentThread()
                val begun = CountDownLatch(1)
                val maker = thread {
                    val child = HalfMade(context) {
                        begun.countDown()
                        while (here.isRunning() && sleeper.state != Thread.State.TIMED_WAITING) Thread.onSpinWait()
                    }
                    child.resumeWith(Result.success(Unit))
                }
                begun.await()
                sleep(1.hours)
                maker.join()
            }
        }
    }
})

/** Waits to be cancelled, and then a little before it does [last]. */
private suspend fun cleanUp(last: () -> Unit): Nothing = try {
    awaitCancellation()
} finally {
    withContext(NonCancellable) { sleep(1.milliseconds) }
    last()
}

/** A coroutine whose constructor does something between its parent's getting to know of it and its having a context. */
@OptIn(InternalCoroutinesApi::class)
private class HalfMade(parent: CoroutineContext, meanwhile: () -> Unit) :
    AbstractCoroutine<Unit>(Delaying(parent, meanwhile), initParentJob = true, active = true)

private class Delaying(private val parent: CoroutineContext, private val meanwhile: () -> Unit) :
    CoroutineContext by parent {
    override fun plus(context: CoroutineContext): CoroutineContext {
        meanwhile()
        return parent + context
    }
}
