package dev.asyncio.interop

import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.timeout
import dev.asyncio.support.Oops
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.delay
import kotlinx.coroutines.isActive
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import java.time.Duration
import kotlin.coroutines.resume
import kotlin.coroutines.suspendCoroutine
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds

/** Nothing can cancel this. */
private suspend fun wait20(): Int =
    suspendCoroutine { waiter -> loop.callLater(Duration.ofMillis(20)) { waiter.resume(7) } }

class LateCancellationsSpec : FunSpec({
    context("a cancellation that could not end a bare continuation") {
        test("ends the task if nothing else follows") {
            program {
                val task = createTask { wait20() }
                delay(5)
                task.cancel("why")
                swallow { task.await() } shouldBe "cancelled"
                task.cancelled() shouldBe true
                millisNow shouldBe 20
            }
        }

        val nextWaits: Map<String, suspend () -> Unit> =
            mapOf("sleep" to { sleep(1.hours) }, "delay" to { delay(1.hours) }, "the like" to { wait20() })
        for ((name, wait) in nextWaits) {
            test("is delivered once, by $name after it") {
                val log = mutableListOf<Any>()
                program {
                    val task = createTask {
                        wait20() shouldBe 7
                        log += isActive
                        log += swallow { wait() }
                        log += millisNow
                        sleep(5.milliseconds)
                        delay(5)
                    }
                    delay(5)
                    task.cancel()
                    log += swallow { task.await() }
                }
                log shouldContainExactly
                    if (name == "the like") {
                        listOf(true, "completed", 40L, "cancelled")
                    } else {
                        listOf(true, "cancelled", 20L, "completed")
                    }
            }
        }

        test("is taken back by a timeout that has caused it") {
            program {
                timeout(5.milliseconds) { wait20() } shouldBe 7
                thisTask.cancelling() shouldBe 0
                sleep(5.milliseconds)
                delay(5)
                millisNow shouldBe 30
            }
        }
    }

    context("a cancellation that is pending is delivered once, by the first yield") {
        /** Yields for as long as it may, which is not for ever: nobody could end it. */
        suspend fun countYields(): Int {
            var yields = 0
            swallow { while (yields < 100) yield().also { yields++ } }
            yield()
            return yields
        }

        test("after the task has cancelled itself") {
            program {
                createTask {
                    thisTask.cancel()
                    countYields()
                }.await() shouldBe 0
            }
        }

        test("after a bare continuation") {
            cancelledAt(10) {
                wait20()
                countYields()
            } shouldBe 0
        }

        test("after NonCancellable") {
            cancelledAt(10) {
                withContext(NonCancellable) {
                    delay(20)
                    yield()
                }
                countYields()
            } shouldBe 0
        }
    }

    test("a cancellation that comes after the wait has failed ends the task, too") {
        program {
            val value = CompletableDeferred<Int>()
            val task = createTask {
                try {
                    value.await()
                } catch (_: Oops) {
                    -1
                }
            }
            delay(5)
            value.completeExceptionally(Oops("x"))
            task.cancel()
            swallow { task.await() } shouldBe "cancelled"
        }
    }

    test("a cancellation that comes after the wait has failed is delivered by the next one") {
        program {
            val value = CompletableDeferred<Int>()
            val task = createTask {
                try {
                    value.await()
                } catch (_: Oops) {
                    sleep(1.hours)
                }
            }
            delay(5)
            value.completeExceptionally(Oops("x"))
            task.cancel()
            swallow { task.await() } shouldBe "cancelled"
            millisNow shouldBe 5
        }
    }
})
