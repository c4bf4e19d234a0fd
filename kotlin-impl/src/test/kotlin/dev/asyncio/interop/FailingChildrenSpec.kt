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
import kotlinx.coroutines.async
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch

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
})
