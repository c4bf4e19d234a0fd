package dev.asyncio.kotlinface

import dev.asyncio.Asyncio
import dev.asyncio.CancelledError
import dev.asyncio.Coroutine
import dev.asyncio.Task
import dev.asyncio.VoidCoroutine
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.sleep
import dev.asyncio.support.Oops
import dev.asyncio.support.Runs
import dev.asyncio.support.Trace
import dev.asyncio.support.s
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.coroutines.CoroutineScope
import kotlin.coroutines.cancellation.CancellationException
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.seconds

private fun kotlin(block: suspend CoroutineScope.() -> Unit) = asyncio(Runs.onVirtualTime(), block)

private fun java(block: () -> Unit) = Runs.virtual(VoidCoroutine { block() })

/** Tasks of one face awaited and cancelled from the other, on one loop. */
class CrossingSpec : FunSpec({
    lateinit var trace: Trace
    beforeTest { trace = Trace() }

    context("a Kotlin task awaited from Java") {
        test("gives its result") {
            java { Asyncio.await(createTask { sleep(1.seconds, 7) }) shouldBe 7 }
        }
        test("throws its exception, the very same object") {
            val oops = Oops("from Kotlin")
            java { shouldThrow<Oops> { Asyncio.await(createTask { throw oops }) } shouldBeSameInstanceAs oops }
        }
        test("throws CancelledError when it was cancelled") {
            java {
                val task = createTask { sleep(1.days) }
                Asyncio.await(Asyncio.sleep(1.s))
                task.cancel("why")
                shouldThrow<CancelledError> { Asyncio.await(task) }.message shouldBe "why"
            }
        }
        test("throws CancelledError when it cancelled itself in Kotlin's way, cause and message kept") {
            val cause = Oops("the cause")
            java {
                val task = createTask<Int> { throw CancellationException("by itself", cause) }
                val error = shouldThrow<CancelledError> { Asyncio.await(task) }
                error.message shouldBe "by itself"
                error.cause shouldBeSameInstanceAs cause
                task.cancelled() shouldBe true
            }
        }
        test("sees a cancellation under the name that it has in Kotlin") {
            java {
                val task = createTask {
                    try {
                        sleep(1.days)
                    } catch (e: CancellationException) {
                        trace.add("$e")
                    }
                }
                Asyncio.await(Asyncio.sleep(1.s))
                task.cancel("why")
                Asyncio.await(task)
            }
            trace.`is`("java.util.concurrent.CancellationException: why")
        }
        test("is cancelled with the Java task that awaits it") {
            java {
                val inner = createTask {
                    try {
                        sleep(1.days)
                    } catch (e: CancellationException) {
                        trace.add("Kotlin sees ${e.message}")
                        throw e
                    }
                }
                val outer: Task<Unit> = Asyncio.createTask(
                    Coroutine {
                        try {
                            Asyncio.await(inner)
                        } catch (e: CancelledError) {
                            trace.add("Java sees ${e.message}")
                            throw e
                        }
                    },
                )
                Asyncio.await(Asyncio.sleep(1.s))
                outer.cancel("stop")
                shouldThrow<CancelledError> { Asyncio.await(outer) }
                inner.cancelled() shouldBe true
            }
            trace.`is`("Kotlin sees stop", "Java sees stop")
        }
    }

    context("a Java task awaited from Kotlin") {
        test("gives its result") {
            kotlin {
                val task: Task<Int> = Asyncio.createTask(Coroutine { Asyncio.await(Asyncio.sleep(1.s, 7)) })
                task.await() shouldBe 7
            }
        }
        test("throws its exception, the very same object") {
            val oops = Oops("from Java")
            kotlin {
                val task: Task<Int> = Asyncio.createTask(Coroutine { throw oops })
                shouldThrow<Oops> { task.await() } shouldBeSameInstanceAs oops
            }
        }
        test("throws Kotlin's CancellationException when it was cancelled") {
            kotlin {
                val task: Task<*> = Asyncio.createTask(Coroutine { Asyncio.await(Asyncio.sleep(100.s)) })
                sleep(1.seconds)
                task.cancel("why")
                shouldThrow<CancellationException> { task.await() }.message shouldBe "why"
            }
        }
        test("is cancelled with the Kotlin task that awaits it") {
            kotlin {
                val inner: Task<*> = Asyncio.createTask(
                    Coroutine {
                        try {
                            Asyncio.await(Asyncio.sleep(100.s))
                        } catch (e: CancelledError) {
                            trace.add("Java sees ${e.message}")
                            throw e
                        }
                    },
                )
                val outer = createTask {
                    try {
                        inner.await()
                    } catch (e: CancellationException) {
                        trace.add("Kotlin sees ${e.message}")
                        throw e
                    }
                }
                sleep(1.seconds)
                outer.cancel("stop")
                shouldThrow<CancellationException> { outer.await() }
                inner.cancelled() shouldBe true
            }
            trace.`is`("Java sees stop", "Kotlin sees stop")
        }
        test("that swallows its cancellation saves the Kotlin task") {
            kotlin {
                val inner: Task<String> = Asyncio.createTask(
                    Coroutine {
                        try {
                            Asyncio.await(Asyncio.sleep(100.s))
                            "slept"
                        } catch (_: CancelledError) {
                            "saved"
                        }
                    },
                )
                val outer = createTask { inner.await() }
                sleep(1.seconds)
                outer.cancel()
                outer.await() shouldBe "saved"
                outer.cancelling() shouldBe 1
            }
        }
    }

    context("in one task") {
        test("a cancellation that goes through both languages ends as the object that it began as") {
            val thrown = CancelledError("thrown in Java")
            java {
                val inner = Coroutine<Int> { throw thrown }
                val middle = coroutine {
                    try {
                        inner.await()
                    } catch (e: CancellationException) {
                        trace.add("Kotlin sees ${e.message}")
                        throw e
                    }
                }
                shouldThrow<CancelledError> { Asyncio.await(middle) } shouldBeSameInstanceAs thrown
            }
            trace.`is`("Kotlin sees thrown in Java")
        }
        test("a Java coroutine that Kotlin code awaits runs in the caller's task") {
            kotlin {
                val me = Asyncio.currentTask()
                val task = Coroutine<Task<*>> {
                    Asyncio.await(Asyncio.sleep(1.s))
                    Asyncio.currentTask()!!
                }.await()
                task shouldBeSameInstanceAs me
            }
        }
        test("Java's await straight inside of a suspend body is refused and says what to call") {
            kotlin {
                val error = shouldThrow<IllegalStateException> { Asyncio.await(Asyncio.sleep(1.s)) }
                error.message.shouldNotBeNull() shouldContain "x.await() of dev.asyncio.coroutines"
                sleep(1.seconds)
                trace.add("the task goes on")
            }
            trace.`is`("the task goes on")
        }
        test("so it is below a Java body, where Kotlin code runs on its stack") {
            java {
                Asyncio.await(
                    coroutine {
                        shouldThrow<IllegalStateException> { Asyncio.await(Asyncio.sleep(1.s)) }
                        trace.add("refused")
                    },
                )
                Asyncio.await(Asyncio.sleep(1.s))
            }
            trace.`is`("refused")
        }
        test("a function of Java that awaits is called from a suspend body as its refusal says") {
            fun f(): Int = Asyncio.await(Asyncio.sleep(1.s, 7))
            kotlin {
                shouldThrow<IllegalStateException> { f() }
                    .message.shouldNotBeNull() shouldContain "Coroutine { f() }.await()"
                Coroutine { f() }.await() shouldBe 7
            }
        }
        test("a task of either face ends cancelled by Java's kind, a Kotlin one by both") {
            java {
                val kotlin = createTask<Int> { throw CancelledError("Java's kind in Kotlin") }
                shouldThrow<CancelledError> { Asyncio.await(kotlin) }.message shouldBe "Java's kind in Kotlin"
                kotlin.cancelled() shouldBe true
                val java: Task<Int> = Asyncio.createTask(
                    Coroutine {
                        throw CancellationException("Kotlin's kind in Java")
                    },
                )
                Asyncio.await(Asyncio.sleep(1.s))
                java.cancelled() shouldBe false
                java.exception().shouldBeInstanceOf<CancellationException>()
            }
        }
    }

    context("gathers over both faces") {
        test("results and cancellation") {
            kotlin {
                val java: Task<String> = Asyncio.createTask(Coroutine { Asyncio.await(Asyncio.sleep(1.s, "Java")) })
                val kotlin = createTask { sleep(2.seconds, "Kotlin") }
                gather(java, kotlin) shouldBe listOf("Java", "Kotlin")

                val sleepers = listOf<Task<*>>(
                    Asyncio.createTask(Coroutine { Asyncio.await(Asyncio.sleep(100.s)) }),
                    createTask { sleep(1.days) },
                )
                val all = createTask { Asyncio.gather<Any?>(sleepers).await() }
                sleep(1.seconds)
                all.cancel()
                shouldThrow<CancellationException> { all.await() }
                sleepers.map { it.cancelled() } shouldBe listOf(true, true)
            }
        }
    }

    test("a CancellationException is a cancellation to a future if Kotlin code sets it, and a failure if Java does") {
        val error = CancellationException("why")
        kotlin {
            val future = Asyncio.getRunningLoop().createFuture<Int>()
            future.setException(error)
            shouldThrow<CancelledError> { future.result() }.message shouldBe "why"
            Coroutine {
                val ofJava = Asyncio.getRunningLoop().createFuture<Int>()
                ofJava.setException(error)
                ofJava.exception() shouldBeSameInstanceAs error
            }.await()
        }
    }
})
