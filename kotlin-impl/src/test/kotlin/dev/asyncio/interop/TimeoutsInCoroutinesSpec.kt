package dev.asyncio.interop

import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.timeout
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import java.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds

/** Where a timeout cancels a block, and in a task's own body. */
private val places: Map<String, suspend (suspend () -> Unit) -> Unit> = mapOf(
    "a task" to { block -> block() },
    "coroutineScope" to { block -> coroutineScope { block() } },
    "withContext" to { block -> withContext(CoroutineName("inner")) { block() } },
    "withContext(Dispatchers.IO)" to { block -> withContext(Dispatchers.IO) { block() } },
    "launch" to { block -> coroutineScope { launch { block() } } },
)

class TimeoutsInCoroutinesSpec : FunSpec({
    for ((place, enter) in places) {
        context("in $place") {
            test("a block that ends in spite of the timeout gives its value") {
                var value = 0
                program {
                    enter {
                        value = timeout(10.milliseconds) {
                            swallow { sleep(1.hours) } shouldBe "cancelled"
                            7
                        }
                    }
                    thisTask.cancelling() shouldBe 0
                }
                value shouldBe 7
            }

            test("a cancellation that comes in the moment of the timeout outranks it") {
                program {
                    val task = createTask { enter { timeout(10.milliseconds) { sleep(1.hours) } } }
                    sleep(1.milliseconds)
                    loop.callAt(Duration.ofMillis(10)) { task.cancel() }
                    swallow { task.await() } shouldBe "cancelled"
                    millisNow shouldBe 10
                }
            }
        }
    }

    test("a child that is cancelled in the moment of its timeout does not fail") {
        program {
            val child = launch { timeout(10.milliseconds) { sleep(1.hours) } }
            sleep(1.milliseconds)
            loop.callAt(Duration.ofMillis(10)) { child.cancel() }
            child.join()
            millisNow shouldBe 10
        }
    }
})
