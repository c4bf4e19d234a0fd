package dev.asyncio.interop

import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.support.Oops
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.produce
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlin.time.Duration.Companion.hours

@OptIn(ExperimentalCoroutinesApi::class)
class FailingChildrenSpec : FunSpec({
    context("a child that fails before the body goes on or ends fails the task, and is not reported, in") {
        val bodies: Map<String, suspend CoroutineScope.() -> Int> = mapOf(
            "a launch that has just ended the wait" to {
                val value = CompletableDeferred<Int>()
                launch {
                    value.complete(1)
                    throw Oops("child")
                }
                value.await()
            },
            "a launch that has just sent to a Channel" to {
                val channel = Channel<Int>()
                launch {
                    channel.send(1)
                    throw Oops("child")
                }
                channel.receive()
            },
            "a launch in the body's own step" to {
                launch(start = CoroutineStart.UNDISPATCHED) { throw Oops("child") }
                1
            },
            "an async in the body's own step, which is awaited" to {
                async(Dispatchers.Unconfined) { throw Oops("child") }.await()
            },
            "one of which the body catches the failure" to {
                runCatching { async<Int>(Dispatchers.Unconfined) { throw Oops("child") }.await() }
                1
            },
        )
        for ((name, body) in bodies) {
            test(name) {
                program {
                    val reports = reportsOf(loop)
                    val task = createTask(block = body)
                    shouldThrow<Oops> { task.await() }.apply {
                        message shouldBe "child"
                        suppressed.toList() shouldBe emptyList()
                    }
                    delay(5)
                    reports shouldBe emptyList()
                }
            }
        }
    }

    test("two children that fail in the body's own step fail the task together") {
        program {
            val reports = reportsOf(loop)
            val task = createTask {
                launch(start = CoroutineStart.UNDISPATCHED) { throw Oops("first") }
                launch(start = CoroutineStart.UNDISPATCHED) { throw Oops("second") }
            }
            shouldThrow<Oops> { task.await() }.apply {
                message shouldBe "first"
                suppressed.map { it.message } shouldBe listOf("second")
            }
            delay(5)
            reports shouldBe emptyList()
        }
    }

    context("what a child fails with in cleaning up is reported once, in") {
        /** Goes on until it is cancelled. */
        suspend fun failCleaningUp(message: String): Nothing = try {
            awaitCancellation()
        } finally {
            throw Oops(message)
        }

        val children: Map<String, CoroutineScope.() -> Unit> = mapOf(
            "a launch" to { launch { failCleaningUp("child") } },
            "an async" to { async { failCleaningUp("child") } },
            "a produce" to { produce<Int> { failCleaningUp("child") } },
            "an async on another dispatcher" to { async(Dispatchers.Unconfined) { failCleaningUp("child") } },
        )
        for ((name, launchChild) in children) {
            test("$name, when the body has ended") {
                program {
                    val reports = reportsOf(loop)
                    val task = createTask {
                        launchChild()
                        delay(1)
                        5
                    }
                    task.await() shouldBe 5
                    delay(5)
                    reports shouldBe listOf("child")
                }
            }

            test("$name, when the task is cancelled") {
                program {
                    val reports = reportsOf(loop)
                    val task = createTask {
                        launchChild()
                        delay(1.hours)
                    }
                    delay(1)
                    task.cancel()
                    swallow { task.await() } shouldBe "cancelled"
                    delay(5)
                    reports shouldBe listOf("child")
                }
            }
        }

        test("each of several") {
            program {
                val reports = reportsOf(loop)
                createTask {
                    launch { failCleaningUp("first") }
                    launch { failCleaningUp("second") }
                    delay(1)
                }.await()
                delay(5)
                reports shouldBe listOf("first", "second")
            }
        }
    }
})
