package dev.asyncio.interop

import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import dev.asyncio.support.Oops
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds

/** One cancellation is delivered once, so that what the body does for it may wait. */
class CleaningUpSpec : FunSpec({
    val waits: Map<String, suspend () -> Unit> = mapOf(
        "delay" to { delay(1.hours) },
        "sleep" to { sleep(1.hours) },
        "coroutineScope" to { coroutineScope { delay(1.hours) } },
        "sleep in coroutineScope" to { coroutineScope { sleep(1.hours) } },
        "withTimeout" to { withTimeout(1.hours) { delay(1.hours) } },
        "a flow in a context of its own" to { flow<Int> { delay(1.hours) }.flowOn(CoroutineName("own")).collect { } },
        "withContext(Dispatchers.IO)" to { withContext(Dispatchers.IO) { awaitCancellation() } },
    )
    for ((name, wait) in waits) {
        suspend fun waitAndCleanUp(log: MutableList<String>) {
            try {
                wait()
            } finally {
                sleep(5.milliseconds)
                delay(5)
                log += "cleaned up"
            }
        }

        context("a body in $name cleans up when") {
            test("its task is cancelled") {
                val log = mutableListOf<String>()
                program {
                    val task = createTask { waitAndCleanUp(log) }
                    loop.callSoon { loop.callSoon { task.cancel() } }
                    swallow { task.await() } shouldBe "cancelled"
                }
                log shouldBe listOf("cleaned up")
            }

            test("a child of its task fails") {
                val log = mutableListOf<String>()
                program {
                    val task = createTask {
                        launch { throw Oops("x") }
                        waitAndCleanUp(log)
                    }
                    (runCatching { task.await() }.exceptionOrNull() is Oops) shouldBe true
                }
                log shouldBe listOf("cleaned up")
            }
        }
    }
})
