package dev.asyncio.interop

import dev.asyncio.Coroutine
import dev.asyncio.KeyboardInterrupt
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds

/** What is fatal leaves the loop, whoever has resumed the body. */
class FatalErrorsSpec : FunSpec({
    val bodies: Map<String, suspend (Throwable) -> Unit> = mapOf(
        "sleep" to {
            sleep(1.milliseconds)
            throw it
        },
        "delay" to {
            delay(1)
            throw it
        },
        "coroutineScope" to {
            coroutineScope { launch { delay(1) } }
            throw it
        },
        "delay, in a Java body" to {
            delay(1)
            Coroutine<Int> { throw it }.await()
        },
        "delay, in a child" to {
            coroutineScope {
                launch {
                    delay(1)
                    throw it
                }
            }
        },
    )
    for ((name, body) in bodies) {
        for (fatal in listOf(KeyboardInterrupt(), OutOfMemoryError("made up"))) {
            context("${fatal.javaClass.simpleName} after $name") {
                val reports = mutableListOf<Throwable?>()
                test("in main") {
                    shouldThrow<Throwable> {
                        program {
                            loop.setExceptionHandler { _, report -> reports += report.exception() }
                            body(fatal)
                        }
                    }.javaClass shouldBe fatal.javaClass // kotlinx may have copied it
                    reports.shouldBeEmpty()
                }
                test("in a task") {
                    shouldThrow<Throwable> {
                        program {
                            loop.setExceptionHandler { _, report -> reports += report.exception() }
                            createTask { body(fatal) }
                            delay(1.hours)
                        }
                    }.javaClass shouldBe fatal.javaClass // kotlinx may have copied it
                    reports.shouldBeEmpty()
                }
            }
        }
    }
})
