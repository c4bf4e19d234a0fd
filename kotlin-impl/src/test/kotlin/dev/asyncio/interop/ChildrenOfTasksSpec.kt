package dev.asyncio.interop

import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.withContext
import java.util.concurrent.CancellationException
import kotlin.time.Duration.Companion.hours

class ChildrenOfTasksSpec : FunSpec({
    context("children") {
        test("end with the cancellation of the task that launched them") {
            cancelledAt(10) {
                val child = launch { delay(1.hours) }
                swallow { delay(1.hours) } shouldBe "cancelled"
                child.join()
                child.isCancelled to millisNow
            } shouldBe (true to 10L)
        }

        test("of the next epoch live on") {
            cancelledAt(10) {
                swallow { delay(1.hours) } shouldBe "cancelled"
                async {
                    delay(5)
                    "alive"
                }.await()
            } shouldBe "alive"
        }

        test("that are left end with the body") {
            lateinit var child: Job
            program {
                createTask { child = launch { delay(1.hours) } }.await()
                child.join()
                child.isCancelled shouldBe true
                millisNow shouldBe 0
            }
        }

        test("that fail cancel the body, and the task fails with their failure") {
            program {
                val task = createTask {
                    launch {
                        delay(10)
                        throw IllegalStateException("child")
                    }
                    delay(1.hours)
                }
                shouldThrow<IllegalStateException> { task.await() }.message shouldBe "child"
                millisNow shouldBe 10
            }
        }

        test("that fail cancel a body which waits for the loop") {
            program {
                val task = createTask {
                    async { throw IllegalStateException("child") }
                    sleep(1.hours)
                }
                shouldThrow<IllegalStateException> { task.await() }.message shouldBe "child"
                millisNow shouldBe 0
            }
        }

        test("that fail let the body clean up") {
            program {
                val log = mutableListOf<String>()
                val task = createTask {
                    launch { throw IllegalStateException("child") }
                    try {
                        delay(1.hours)
                    } finally {
                        delay(5)
                        log += "cleaned up"
                    }
                }
                shouldThrow<IllegalStateException> { task.await() }
                log shouldBe listOf("cleaned up")
            }
        }

        test("of a supervisor that fail are reported") {
            program {
                val reports = mutableListOf<String?>()
                loop.setExceptionHandler { _, report -> reports += report.exception()?.message }
                supervisorScope { launch { throw IllegalStateException("nobody waits for me") } }
                delay(5)
                reports shouldBe listOf("nobody waits for me")
            }
        }
    }

    test("the end of run waits for what main has launched") {
        val log = mutableListOf<String>()
        program {
            launch {
                try {
                    awaitCancellation()
                } catch (e: CancellationException) {
                    withContext(NonCancellable) { delay(10) }
                    log += "child ended"
                    throw e
                }
            }
            delay(1)
        }
        log shouldBe listOf("child ended")
    }

    test("a scope of one's own inside of a task is not cancelled with it") {
        cancelledAt(10) {
            val own = CoroutineScope(coroutineContext + Job())
            val child = own.async {
                delay(20)
                "done"
            }
            swallow { delay(1.hours) } shouldBe "cancelled"
            child.await() to millisNow
        } shouldBe ("done" to 20L)
    }
})
