package dev.asyncio.interop

import dev.asyncio.Asyncio
import dev.asyncio.KeyboardInterrupt
import dev.asyncio.WrongLoopThreadException
import dev.asyncio.coroutines.asCoroutineDispatcher
import dev.asyncio.coroutines.asFlow
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.coroutineScope
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.withLock
import dev.asyncio.queues.Queue
import dev.asyncio.sync.Lock
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.asExecutor
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import java.util.concurrent.LinkedBlockingQueue
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds

class DispatcherAndScopeSpec : FunSpec({
    context("the dispatcher of a loop") {
        test("runs coroutines of other threads on the loop, by the loop's clock") {
            program {
                val here = loop
                val dispatcher = loop.asCoroutineDispatcher()
                withContext(Dispatchers.IO) {
                    withContext(dispatcher) {
                        Asyncio.getRunningLoop() shouldBe here
                        delay(1_000)
                        withTimeoutOrNull(1_000) { awaitCancellation() } shouldBe null
                        sleep(500.milliseconds)
                    }
                }
                millisNow shouldBe 2_500
            }
        }

        test("is itself limited to one thread, and keeps virtual time if it is limited") {
            program {
                val dispatcher = loop.asCoroutineDispatcher()
                val limited = dispatcher.limitedParallelism(1)
                limited shouldBeSameInstanceAs dispatcher
                withContext(limited) { delay(1_000) }
                millisNow shouldBe 1_000
                shouldThrow<IllegalArgumentException> { dispatcher.limitedParallelism(0) }
            }
        }

        test("ends a delay when the loop is closed") {
            val loop = Asyncio.newEventLoop()
            val scope = CoroutineScope(loop.asCoroutineDispatcher() + Job())
            val waiting = scope.async { delay(1.hours) }
            loop.callSoonThreadsafe { loop.callSoon(loop::stop) }
            loop.runForever()
            loop.close()
            ending(waiting) shouldBe "Event loop is closed"
        }

        test("ends what has not begun when the loop is closed, and what comes afterwards") {
            val loop = Asyncio.newEventLoop()
            val scope = CoroutineScope(loop.asCoroutineDispatcher())
            val early = scope.async { error("ran") }
            loop.close()
            ending(early) shouldBe "Event loop is closed"
            val late = CoroutineScope(loop.asCoroutineDispatcher()).async { error("ran") }
            ending(late) shouldBe "Event loop is closed"
        }

        test("ends what is to go on there after the loop was closed") {
            val loop = Asyncio.newEventLoop()
            val channel = Channel<Int>(1)
            val waiting = CoroutineScope(loop.asCoroutineDispatcher()).async { channel.receive() }
            loop.callSoonThreadsafe { loop.callSoon(loop::stop) }
            loop.runForever()
            loop.close()
            channel.trySend(7)
            ending(waiting) shouldBe "Event loop is closed"
        }
    }

    context("the dispatcher of a loop as an executor") {
        test("tells the exception handler of what a Runnable throws, as of a callback") {
            program {
                val reports = mutableListOf<String?>()
                loop.setExceptionHandler { _, report -> reports += report.exception()?.message }
                loop.asCoroutineDispatcher().asExecutor().execute { error("bad") }
                sleep(1.milliseconds)
                reports shouldBe listOf("bad")
            }
        }

        test("lets what is fatal leave the loop") {
            shouldThrow<KeyboardInterrupt> {
                program {
                    loop.asCoroutineDispatcher().asExecutor().execute { throw KeyboardInterrupt() }
                    sleep(1.hours)
                }
            }
        }
    }

    context("the scope of a loop") {
        test("is cancelled when the loop is closed") {
            val loop = Asyncio.newEventLoop()
            val waiting = loop.coroutineScope.async { awaitCancellation() }
            loop.callSoonThreadsafe { loop.callSoon(loop::stop) }
            loop.runForever()
            loop.close()
            ending(waiting) shouldBe "Event loop is closed"
            ending(loop.coroutineScope.async { 7 }) shouldBe "Event loop is closed"
        }

        test("goes with its coroutines to other dispatchers") {
            asyncio {
                val queue = Queue<Int>()
                repeat(3, queue::putNowait)
                queue.shutdown()
                val items = loop.coroutineScope.async { queue.items().asFlow().flowOn(Dispatchers.IO).toList() }
                items.await() shouldBe listOf(0, 1, 2)
                val elsewhere = loop.coroutineScope.async(Dispatchers.IO) {
                    shouldThrow<WrongLoopThreadException> { Lock().withLock { } }
                    Lock().acquire().await()
                    coroutine { Asyncio.getRunningLoop() }.await()
                }
                elsewhere.await() shouldBe loop
            }
        }

        test("is cancelled and waited for at the end of run, on the loop") {
            val log = mutableListOf<String>()
            program {
                val here = loop
                loop.coroutineScope.launch {
                    try {
                        awaitCancellation()
                    } finally {
                        withContext(NonCancellable) { sleep(5.milliseconds) }
                        log += if (Asyncio.getRunningLoop() === here) "ended on the loop" else "ended elsewhere"
                    }
                }
                sleep(1.milliseconds)
            }
            log shouldBe listOf("ended on the loop")
        }

        test("reports failures to the loop's exception handler and goes on") {
            program {
                val reports = mutableListOf<String?>()
                loop.setExceptionHandler { _, report -> reports += report.exception()?.message }
                loop.coroutineScope.launch { throw IllegalStateException("first") }
                sleep(1.milliseconds)
                loop.coroutineScope.async { 7 }.await() shouldBe 7
                reports shouldBe listOf("first")
            }
        }

        test("lets what is fatal leave the loop, as from a callback") {
            shouldThrow<KeyboardInterrupt> {
                program {
                    loop.coroutineScope.launch { throw KeyboardInterrupt() }
                    sleep(1.hours)
                }
            }
        }

        test("reports clean-up that fails after the loop was closed") {
            val loop = Asyncio.newEventLoop()
            val reports = LinkedBlockingQueue<String>()
            loop.setExceptionHandler { _, report -> reports += report.exception()?.message }
            val waiting = loop.coroutineScope.launch {
                try {
                    awaitCancellation()
                } finally {
                    error("clean-up")
                }
            }
            loop.callSoonThreadsafe { loop.callSoon(loop::stop) }
            loop.runForever()
            loop.close()
            runBlocking { waiting.join() }
            reports.toList() shouldBe listOf("clean-up")
        }
    }
})
