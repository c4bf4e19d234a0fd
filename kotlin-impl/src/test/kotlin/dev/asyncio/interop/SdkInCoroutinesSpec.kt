package dev.asyncio.interop

import dev.asyncio.Asyncio
import dev.asyncio.Coroutine
import dev.asyncio.NoRunningLoopException
import dev.asyncio.TimeoutException
import dev.asyncio.coroutines.asCompleted
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.awaitAcquire
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.inExecutor
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.taskGroup
import dev.asyncio.coroutines.timeout
import dev.asyncio.coroutines.toThread
import dev.asyncio.coroutines.wait
import dev.asyncio.coroutines.waitFor
import dev.asyncio.coroutines.withLock
import dev.asyncio.queues.Queue
import dev.asyncio.sync.Lock
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.cancel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import java.util.concurrent.CancellationException
import kotlin.coroutines.CoroutineContext
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds

/** Ways to be in a coroutine of kotlinx inside of a task. */
private val places: Map<String, suspend (suspend () -> Unit) -> Unit> = mapOf(
    "launch" to { block -> coroutineScope { launch { block() } } },
    "async" to { block -> coroutineScope { async { block() }.await() } },
    "coroutineScope" to { block -> coroutineScope { block() } },
    "withContext" to { block -> withContext(CoroutineName("inner")) { block() } },
    "withContext(Dispatchers.IO)" to { block -> withContext(Dispatchers.IO) { block() } },
    "withContext(Dispatchers.Unconfined)" to { block -> withContext(Dispatchers.Unconfined) { block() } },
    "launch(Dispatchers.Default)" to { block -> coroutineScope { launch(Dispatchers.Default) { block() } } },
)

class SdkInCoroutinesSpec : FunSpec({
    for ((place, enter) in places) {
        context("in $place") {
            test("sleep takes the loop's time") {
                program {
                    enter { sleep(20.milliseconds) }
                    millisNow shouldBe 20
                }
            }

            test("a future is awaited") {
                program {
                    val future = loop.createFuture<Int>()
                    createTask {
                        sleep(5.milliseconds)
                        future.setResult(7)
                    }
                    enter { future.await() shouldBe 7 }
                    enter { future.await() shouldBe 7 }
                }
            }

            test("a Java coroutine and a Kotlin one are awaited, each on the loop") {
                program {
                    val here = loop
                    val java = Coroutine {
                        Asyncio.await(Asyncio.sleep(java.time.Duration.ofMillis(5)))
                        Asyncio.getRunningLoop()
                    }
                    enter { java.await() shouldBe here }
                    enter {
                        coroutine {
                            sleep(5.milliseconds)
                            Asyncio.getRunningLoop()
                        }.await() shouldBe here
                    }
                    millisNow shouldBe 10
                }
            }

            test("a queue gives and takes") {
                program {
                    val queue = Queue<Int>()
                    val consumer = createTask { queue.get().await() }
                    enter { queue.put(7).await() }
                    consumer.await() shouldBe 7
                    createTask {
                        sleep(5.milliseconds)
                        queue.putNowait(8)
                    }
                    enter { queue.get().await() shouldBe 8 }
                }
            }

            test("timeout cuts its block off, and nothing else") {
                program {
                    val log = mutableListOf<String>()
                    enter {
                        shouldThrow<TimeoutException> { timeout(10.milliseconds) { sleep(1.hours) } }
                        timeout(1.hours) { sleep(5.milliseconds) }
                        log += "went on"
                    }
                    log shouldBe listOf("went on")
                    thisTask.cancelling() shouldBe 0
                    millisNow shouldBe 15
                }
            }

            test("waitFor, gather, wait and taskGroup work") {
                program {
                    enter {
                        shouldThrow<TimeoutException> { waitFor(coroutine { sleep(1.hours) }, 10.milliseconds) }
                        gather(coroutine { 1 }, coroutine { 2 }) shouldBe listOf(1, 2)
                        wait(listOf(coroutine { 1 })).done().size shouldBe 1
                        taskGroup {
                            val one = createTask { 1 }
                            one.await() + 1
                        } shouldBe 2
                    }
                }
            }

            test("threads do blocking work") {
                program {
                    enter {
                        toThread { 7 } shouldBe 7
                        inExecutor(null) { 8 } shouldBe 8
                    }
                }
            }

            test("cancelling the task cancels what is awaited, and a coroutine has ended when the wait does") {
                program {
                    val log = mutableListOf<String>()
                    val future = loop.createFuture<Int>()
                    val reached = loop.createFuture<Unit>()
                    val task = createTask {
                        enter {
                            coroutine {
                                try {
                                    reached.setResult(Unit)
                                    future.await()
                                } finally {
                                    sleep(5.milliseconds)
                                    log += "cleaned up"
                                }
                            }.await()
                        }
                    }
                    reached.await()
                    sleep(1.milliseconds)
                    task.cancel()
                    swallow { task.await() } shouldBe "cancelled"
                    log shouldBe listOf("cleaned up")
                    future.cancelled() shouldBe true
                }
            }

            test("cancelling the task cancels what is gathered, and that has ended when the wait does") {
                program {
                    val log = mutableListOf<String>()
                    val gathered = coroutine {
                        try {
                            sleep(1.hours)
                        } finally {
                            sleep(5.milliseconds)
                            log += "cleaned up"
                        }
                    }
                    val task = createTask {
                        enter {
                            try {
                                gather(gathered)
                            } finally {
                                log += "left"
                            }
                        }
                    }
                    sleep(1.milliseconds)
                    task.cancel()
                    swallow { task.await() } shouldBe "cancelled"
                    log shouldBe listOf("cleaned up", "left")
                }
            }

            test("what is awaited is cancelled with the message that was given") {
                program {
                    val messages = mutableListOf<String?>()
                    val sleeper = coroutine {
                        try {
                            sleep(1.hours)
                        } catch (e: CancellationException) {
                            messages += e.message
                            throw e
                        }
                    }
                    for (awaited in listOf(sleeper, createTask { sleeper.await() })) {
                        val task = createTask { enter { awaited.await() } }
                        sleep(1.milliseconds)
                        task.cancel("why")
                        swallow { task.await() } shouldBe "cancelled"
                        sleep(1.milliseconds)
                    }
                    messages shouldBe listOf("why", "why")
                }
            }
        }
    }

    test("a lock is held by a coroutine of the loop") {
        program {
            val lock = Lock()
            coroutineScope {
                repeat(2) { launch { lock.withLock { sleep(5.milliseconds) } } }
            }
            millisNow shouldBe 10
            lock.locked() shouldBe false
        }
    }

    test("what a coroutine of kotlinx awaits sees no message but what somebody gave") {
        program {
            val future = loop.createFuture<Int>()
            val other = loop.createFuture<Int>()
            val children = listOf(launch { future.await() }, launch { other.await() })
            sleep(1.milliseconds)
            children[0].cancel()
            children[1].cancel("why")
            sleep(1.milliseconds)
            swallowed { future.await() } shouldBe null
            swallowed { other.await() } shouldBe "why"
        }
    }

    test("what the loop has given is not lost if a coroutine elsewhere is cancelled on its way back") {
        program {
            val queue = Queue<Int>()
            val lock = Lock()
            lock.awaitAcquire()
            val got = mutableListOf<Any?>()
            for ((operation, give) in listOf(queue.get() to { queue.putNowait(7) }, lock.acquire() to lock::release)) {
                val elsewhere = HeldOnTheWayBack()
                val child = launch(elsewhere) { got += operation.await() }
                sleep(1.milliseconds)
                give()
                val wayBack = elsewhere.wayBack.await()
                child.cancel()
                withContext(Dispatchers.IO) { wayBack.run() }
                child.join()
            }
            got.size shouldBe 2
            got[0] shouldBe 7
            lock.locked() shouldBe true
        }
    }

    test("a hot operation in a thread without a loop is refused, and makes no loop") {
        program {
            withContext(Dispatchers.IO) {
                shouldThrow<NoRunningLoopException> { asCompleted(listOf(coroutine { 1 })) }
            }
        }
    }

    test("outside of any loop there is a clear error") {
        runBlocking {
            for (wait in listOf<suspend () -> Any>({ sleep(1.milliseconds) }, { coroutine { 1 }.await() })) {
                val message = shouldThrow<NoRunningLoopException> { wait() }.message
                message shouldStartWith "no running event loop"
                message shouldContain "withContext(loop.asCoroutineDispatcher())"
            }
        }
    }

    test("who waits elsewhere for a loop that is closed ends cancelled") {
        val loop = Asyncio.newEventLoop()
        val future = loop.createFuture<Int>()
        runBlocking {
            val waiting = async { swallow { future.await() } }
            yield()
            loop.close()
            waiting.await() shouldBe "cancelled"
            swallow { future.await() } shouldBe "cancelled"
        }
    }

    test("the result of another loop's future is awaited through its thread-safe entry") {
        val other = Asyncio.newEventLoop()
        val future = other.createFuture<Int>()
        program {
            val waiting = async { future.await() }
            delay(1)
            withContext(Dispatchers.IO) {
                other.callSoon { future.setResult(7) }
                other.callSoon { other.callSoon(other::stop) }
                other.runForever()
            }
            waiting.await() shouldBe 7
        }
        other.close()
    }

    val linesForALock: Map<String, suspend (Lock) -> Unit> = mapOf(
        "acquire" to { lock -> lock.acquire().await() },
        "awaitAcquire" to { lock -> lock.awaitAcquire() },
        "withLock" to { lock -> lock.withLock { } },
    )
    for ((name, standInLine) in linesForALock) {
        test("who is cancelled by another thread while it waits in $name, unconfined, leaves the line on the loop") {
            program {
                for (scope in listOf(this, CoroutineScope(Job()))) {
                    val lock = Lock()
                    lock.awaitAcquire()
                    val loopThread = Thread.currentThread()
                    var leftOn: Thread? = null
                    val job = scope.launch(Dispatchers.Unconfined) {
                        try {
                            standInLine(lock)
                        } finally {
                            leftOn = Thread.currentThread()
                        }
                    }
                    val next = createTask { lock.withLock { "has it" } }
                    sleep(5.milliseconds)
                    lock.release() // which wakes the first in line
                    Thread(job::cancel).run {
                        start()
                        join()
                    }
                    waitFor(next, 1.hours) shouldBe "has it"
                    job.join()
                    leftOn shouldBe loopThread
                }
            }
        }
    }
})

/** The message of the cancellation that ends [block]. */
private suspend fun swallowed(block: suspend () -> Unit): String? =
    shouldThrow<CancellationException> { block() }.message

/** Runs a coroutine on another thread, and keeps it when it wants to come back there. */
private class HeldOnTheWayBack : CoroutineDispatcher() {
    private var started = false
    val wayBack = CompletableDeferred<Runnable>()

    override fun dispatch(context: CoroutineContext, block: Runnable) {
        if (started) {
            wayBack.complete(block)
        } else {
            started = true
            Dispatchers.IO.dispatch(context, block)
        }
    }
}
