package dev.asyncio.interop

import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.MutableSharedFlow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.isActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.runInterruptible
import kotlinx.coroutines.selects.select
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.coroutines.yield
import java.util.concurrent.CountDownLatch
import kotlin.coroutines.coroutineContext
import kotlin.coroutines.resume
import kotlin.time.Duration.Companion.hours

/** Waits that end by a cancellation only. */
private val waits: Map<String, suspend () -> Unit> = mapOf(
    "delay" to { delay(1.hours) },
    "sleep" to { sleep(1.hours) },
    "awaitCancellation" to { awaitCancellation() },
    "Channel.receive" to { Channel<Int>().receive() },
    "Channel.send" to { Channel<Int>().send(1) },
    "iterating over a Channel" to { for (item in Channel<Int>()) error("$item") },
    "Mutex.lock" to { Mutex(locked = true).lock() },
    "Semaphore.acquire" to { Semaphore(1, 1).acquire() },
    "select" to {
        select {
            Channel<Int>().onReceive { }
            CompletableDeferred<Int>().onAwait { }
        }
    },
    "Flow.collect" to { flow<Int> { delay(1.hours) }.collect { } },
    "a buffered Flow" to { flow<Int> { delay(1.hours) }.buffer(2).collect { } },
    "StateFlow.collect" to { MutableStateFlow(0).collect { } },
    "SharedFlow.collect" to { MutableSharedFlow<Int>().collect { } },
    "Deferred.await" to { CompletableDeferred<Int>().await() },
    "Job.join" to { Job().join() },
    "withTimeout" to { withTimeout(1.hours) { awaitCancellation() } },
    "withTimeoutOrNull" to { withTimeoutOrNull(1.hours) { awaitCancellation() } },
    "coroutineScope" to { coroutineScope { delay(1.hours) } },
    "coroutineScope that waits for a launch" to { coroutineScope { launch { delay(1.hours) } } },
    "coroutineScope that awaits an async" to { coroutineScope { async { delay(1.hours) }.await() } },
    "supervisorScope" to { supervisorScope { launch { delay(1.hours) } } },
    "withContext" to { withContext(CoroutineName("inner")) { delay(1.hours) } },
    "a future of the loop in coroutineScope" to { coroutineScope { loop.createFuture<Int>().await() } },
    "sleep in coroutineScope" to { coroutineScope { sleep(1.hours) } },
    "suspendCancellableCoroutine" to { suspendCancellableCoroutine { } },
)

class KotlinxInTasksSpec : FunSpec({
    context("a cancellation is delivered once, and can be swallowed, in") {
        for ((name, wait) in waits) {
            test(name) {
                cancelledAt(10, 30) {
                    val log = mutableListOf<Any>()
                    log += swallow(wait)
                    log += millisNow
                    log += isActive
                    delay(5)
                    log += swallow(wait)
                    log += millisNow
                    coroutineContext.ensureActive()
                    delay(5)
                    log + millisNow
                } shouldBe listOf("cancelled", 10L, true, "cancelled", 30L, 35L)
            }
        }
    }

    context("a cancellation that is not swallowed ends the task in") {
        for ((name, wait) in waits) {
            test(name) {
                program {
                    val task = createTask { wait() }
                    delay(10)
                    task.cancel()
                    swallow { task.await() } shouldBe "cancelled"
                    task.cancelled() shouldBe true
                    millisNow shouldBe 10
                }
            }
        }
    }

    context("two cancellations before the body goes on are one, in") {
        for ((name, wait) in waits) {
            test(name) {
                cancelledAt(10, 10) {
                    val log = mutableListOf<Any>()
                    log += swallow(wait)
                    log += isActive
                    delay(5)
                    log + millisNow
                } shouldBe listOf("cancelled", true, 15L)
            }
        }
    }

    test("withTimeout ends by itself and leaves the task alone") {
        program {
            shouldThrow<TimeoutCancellationException> { withTimeout(20) { awaitCancellation() } }
            withTimeoutOrNull(20) { awaitCancellation() } shouldBe null
            delay(5)
            millisNow shouldBe 45
            thisTask.cancelling() shouldBe 0
        }
    }

    test("inside of coroutineScope a cancellation stays until that is left") {
        cancelledAt(10) {
            val log = mutableListOf<String>()
            log += "scope " + swallow {
                coroutineScope {
                    log += swallow { delay(1.hours) }
                    log += swallow { delay(5) }
                }
            }
            delay(5)
            log + "$millisNow"
        } shouldBe listOf("cancelled", "cancelled", "scope cancelled", "15")
    }

    test("a collector that swallows goes on collecting") {
        cancelledAt(25) {
            val numbers = flow {
                for (n in 0..4) {
                    emit(n)
                    delay(10)
                }
            }
            val seen = mutableListOf<String>()
            numbers.collect { seen += if (it == 2) swallow { delay(1.hours) } else "$it" }
            seen
        } shouldBe listOf("0", "1", "cancelled", "3", "4")
    }

    test("a flow that was cut off can be collected again") {
        cancelledAt(25) {
            val numbers = flow {
                var n = 0
                while (true) {
                    emit(n++)
                    delay(10)
                }
            }
            val first = mutableListOf<Int>()
            swallow { numbers.collect { first += it } } shouldBe "cancelled"
            first to numbers.take(2).toList()
        } shouldBe (listOf(0, 1, 2) to listOf(0, 1))
    }

    test("NonCancellable defers a cancellation to the next wait outside of it") {
        cancelledAt(10) {
            withContext(NonCancellable) { delay(40) }
            millisNow shouldBe 40
            swallow { delay(1.hours) } shouldBe "cancelled"
            delay(5)
            millisNow
        } shouldBe 45
    }

    test("NonCancellable defers it although a launched child is cancelled at once") {
        cancelledAt(10) {
            val child = launch { awaitCancellation() }
            withContext(NonCancellable) { delay(40) }
            child.isCancelled shouldBe true
            swallow { delay(1.hours) } shouldBe "cancelled"
            millisNow
        } shouldBe 40
    }

    test("cleaning up may wait") {
        val log = mutableListOf<Any>()
        program {
            val task = createTask {
                try {
                    delay(1.hours)
                } finally {
                    delay(10)
                    log += millisNow
                }
            }
            delay(5)
            task.cancel()
            log += swallow { task.await() }
        }
        log shouldBe listOf(15L, "cancelled")
    }

    test("a task that cancels itself is cancelled at its next wait, and fast paths are none") {
        program {
            thisTask.cancel()
            val channel = Channel<Int>(1)
            channel.send(7)
            channel.receive() shouldBe 7
            swallow { delay(1.hours) } shouldBe "cancelled"
            delay(5)
            millisNow shouldBe 5
        }
    }

    test("a cancellation that comes after the wake-up wins, as in asyncio") {
        program {
            val value = CompletableDeferred<Int>()
            val task = createTask {
                val first = swallow { value.await() }
                delay(5)
                first
            }
            delay(10)
            value.complete(1)
            task.cancel()
            task.await() shouldBe "cancelled"
        }
    }

    context("a cancellation that comes while something else ends the wait is not lost, in") {
        // What is resumed here may just as well be resumed by another thread.
        val racing: Map<String, suspend (MutableList<CancellableContinuation<Unit>>) -> Unit> = mapOf(
            "suspendCancellableCoroutine" to { suspendCancellableCoroutine(it::add) },
            "withContext" to { withContext(Dispatchers.Unconfined) { suspendCancellableCoroutine(it::add) } },
            "coroutineScope" to
                { coroutineScope { withContext(NonCancellable) { suspendCancellableCoroutine(it::add) } } },
        )
        for ((name, wait) in racing) {
            test(name) {
                cancelledAt(10) {
                    val waiters = mutableListOf<CancellableContinuation<Unit>>()
                    launch(Dispatchers.Unconfined) {
                        try {
                            awaitCancellation()
                        } finally {
                            waiters.single().resume(Unit) // inside of cancel()
                        }
                    }
                    swallow { wait(waiters) } shouldBe "cancelled"
                    delay(5)
                    millisNow
                } shouldBe 15
            }
        }

        test("withTimeoutOrNull, which throws nothing") {
            cancelledAt(15) {
                withTimeoutOrNull(10) {
                    try {
                        awaitCancellation()
                    } finally {
                        withContext(NonCancellable) { delay(10) }
                    }
                } shouldBe null
                swallow { delay(1.hours) } shouldBe "cancelled"
                delay(5)
                millisNow
            } shouldBe 25
        }
    }

    test("yield lets others run, once each time") {
        program {
            val log = mutableListOf<String>()
            val other = createTask {
                repeat(2) {
                    log += "other"
                    yield()
                }
            }
            repeat(2) {
                log += "main"
                yield()
            }
            other.await()
            log shouldBe listOf("main", "other", "main", "other")
        }
    }

    test("withContext(Dispatchers.IO) runs elsewhere, ends with the task and comes back") {
        program {
            val home = Thread.currentThread()
            val task = thisTask
            val loop = loop
            swallow {
                withContext(Dispatchers.IO) {
                    (Thread.currentThread() === home) shouldBe false
                    loop.callSoonThreadsafe { task.cancel() }
                    awaitCancellation()
                }
            } shouldBe "cancelled"
            Thread.currentThread() shouldBe home
            withContext(Dispatchers.IO) { 7 } shouldBe 7
            delay(5)
            millisNow shouldBe 5
        }
    }

    test("virtual time waits for what runs on another dispatcher") {
        program {
            val started = CountDownLatch(1)
            launch { started.countDown() }
            withTimeout(1.hours) {
                withContext(Dispatchers.IO) {
                    started.await()
                    delay(20)
                }
            }
            millisNow shouldBe 0
        }
    }

    test("runInterruptible interrupts blocking code") {
        program {
            val task = thisTask
            val loop = loop
            swallow {
                runInterruptible(Dispatchers.IO) {
                    loop.callSoonThreadsafe { task.cancel() }
                    CountDownLatch(1).await()
                }
            } shouldBe "cancelled"
            delay(5)
        }
    }

    test("cancelling runs the hooks of what waits, once") {
        cancelledAt(10) {
            var hooks = 0
            swallow { suspendCancellableCoroutine<Unit> { it.invokeOnCancellation { hooks++ } } } shouldBe "cancelled"
            val later = suspendCancellableCoroutine { waiter -> loop.callSoon { waiter.resume(7) } }
            hooks to later
        } shouldBe (1 to 7)
    }

    test("a StateFlow can be waited for again after a cancellation") {
        cancelledAt(10) {
            val state = MutableStateFlow(0)
            swallow { state.collect { } } shouldBe "cancelled"
            launch {
                delay(5)
                state.value = 3
            }
            state.first { it == 3 }
        } shouldBe 3
    }
})
