package dev.asyncio.interop

import dev.asyncio.Asyncio
import dev.asyncio.Coroutine
import dev.asyncio.Future
import dev.asyncio.coroutines.asCoroutineDispatcher
import dev.asyncio.coroutines.asDeferred
import dev.asyncio.coroutines.asFuture
import dev.asyncio.coroutines.asJob
import dev.asyncio.coroutines.asTask
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.coroutineScope
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import dev.asyncio.support.Oops
import dev.asyncio.support.Runs
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancel
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.future.await
import kotlinx.coroutines.future.future
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import java.util.concurrent.CancellationException
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionException
import kotlin.concurrent.thread
import kotlin.time.Duration.Companion.milliseconds

@OptIn(ExperimentalCoroutinesApi::class)
class BridgesSpec : FunSpec({
    context("a future as a Deferred") {
        test("gives the result, the failure or the cancellation") {
            program {
                val good = createTask { 7 }.asDeferred()
                val bad = createTask { throw IllegalStateException("bad") }.asDeferred()
                val gone = createTask { awaitCancellation() }
                val goneDeferred = gone.asDeferred()
                good.await() shouldBe 7
                shouldThrow<IllegalStateException> { bad.await() }.message shouldBe "bad"
                gone.cancel()
                swallow { goneDeferred.await() } shouldBe "cancelled"
                goneDeferred.isCancelled shouldBe true
            }
        }

        test("passes its cancellation on, from any thread") {
            program {
                val task = createTask { awaitCancellation() }
                val deferred = task.asDeferred()
                withContext(Dispatchers.IO) { deferred.cancel() }
                swallow { task.await() } shouldBe "cancelled"
            }
        }

        test("cancels the future with what was said, and with nothing if nothing was") {
            program {
                val said = loop.createFuture<Int>().also { it.asDeferred().cancel(CancellationException("why")) }
                val unsaid = loop.createFuture<Int>().also { it.asDeferred().cancel() }
                listOf(said, unsaid).map { cancellationOf(it) } shouldBe listOf("why", null)
            }
        }

        test("is done at once on the loop if the future is") {
            program {
                val future = loop.createFuture<Int>()
                future.setResult(7)
                future.asDeferred().getCompleted() shouldBe 7
                future.asJob().isCompleted shouldBe true
            }
        }

        test("is done if the future is, whatever its loop does") {
            val loop = Asyncio.newEventLoop()
            val done = loop.createFuture<Int>().apply { setResult(7) }
            done.asDeferred().await() shouldBe 7
            val future = loop.createFuture<Int>()
            val deferred = future.asDeferred()
            future.setResult(8)
            loop.close()
            deferred.await() shouldBe 8
            done.asDeferred().await() shouldBe 7
        }

        test("gets an outcome that is there when the loop stops, as whoever awaits it elsewhere") {
            val loop = Asyncio.newEventLoop()
            val future = loop.createFuture<Int>()
            lateinit var outcomes: List<Deferred<Int>>
            loop.callSoon {
                future.setResult(7)
                thread {
                    val awaited = CoroutineScope(Dispatchers.Unconfined).async { future.await() }
                    outcomes = listOf(future.asDeferred(), awaited)
                }.join()
                loop.stop() // without a look at what other threads have sent
            }
            loop.runForever()
            outcomes.map { it.isCompleted } shouldBe listOf(true, true)
            outcomes.awaitAll() shouldBe listOf(7, 7)
            loop.close()
        }

        test("leaves the run alone, and others who wait, if a completion handler throws") {
            val loop = Asyncio.newEventLoop()
            val reports = mutableListOf<Throwable?>()
            loop.setExceptionHandler { _, context -> reports += context.exception()?.cause }

            fun waiting(future: Future<Int>) = List(5) { number ->
                future.asDeferred().also { it.invokeOnCompletion { throw Oops("in handler $number") } }
            }

            fun List<Deferred<Int>>.shouldAllBeTold() {
                map { it.isCompleted } shouldBe List(5) { true }
                reports.map { it?.message }.sortedBy { it } shouldBe List(5) { "in handler $it" }
                reports.clear()
            }

            val ended = loop.createFuture<Int>()
            val running = waiting(ended)
            loop.runUntilComplete(
                coroutine {
                    ended.setResult(7)
                    sleep(1.milliseconds)
                    7
                },
            ) shouldBe 7
            running.shouldAllBeTold()

            val last = loop.createFuture<Int>()
            val stopped = waiting(last)
            loop.callSoon {
                last.setResult(7)
                loop.stop()
            }
            loop.runForever()
            stopped.shouldAllBeTold()

            val closed = waiting(loop.createFuture())
            loop.close()
            closed.shouldAllBeTold()
        }

        test("is cancelled with its loop") {
            val loop = Asyncio.newEventLoop()
            val deferred = loop.createFuture<Int>().asDeferred()
            loop.close()
            ending(deferred) shouldBe "Event loop is closed"
            ending(loop.createFuture<Int>().asDeferred()) shouldBe "Event loop is closed"
        }

        test("is a Job, too") {
            program {
                val job: Job = createTask { sleep(5.milliseconds) }.asJob()
                job.join()
                millisNow shouldBe 5
            }
        }
    }

    context("a Deferred as a future") {
        test("gives the result, the failure or the cancellation") {
            program {
                val good = CompletableDeferred(7).asFuture()
                good.await() shouldBe 7
                val bad = CompletableDeferred<Int>()
                bad.completeExceptionally(IllegalStateException("bad"))
                shouldThrow<IllegalStateException> { bad.asFuture().await() }.message shouldBe "bad"
                val scope = CoroutineScope(Job()).apply { cancel() }
                val gone: Deferred<Int> = scope.async { 7 }
                val future = gone.asFuture()
                swallow { future.await() } shouldBe "cancelled"
                future.cancelled() shouldBe true
            }
        }

        test("of a scope that is cancelled while it is awaited cancels the wait, and not the task") {
            program {
                val scope = CoroutineScope(Job() + Dispatchers.Unconfined)
                val deferred = scope.async<Int> { awaitCancellation() }
                val task = createTask { listOf(swallow { deferred.asFuture().await() }, swallow { deferred.await() }) }
                sleep(1.milliseconds)
                scope.cancel()
                task.await() shouldBe listOf("cancelled", "cancelled")
                task.cancelling() shouldBe 0
            }
        }

        test("is cancelled with what was said, and with nothing if nothing was") {
            program {
                val said = async { awaitCancellation() }
                val unsaid = async { awaitCancellation() }
                val futures = listOf(said.asFuture(), unsaid.asFuture())
                said.cancel("why")
                unsaid.cancel()
                futures.map { cancellationOf(it) } shouldBe listOf("why", null)
            }
        }

        test("of a cancelled scope is a CancelledError in Java code") {
            program {
                val scope = CoroutineScope(Job()).apply { cancel() }
                val gone = scope.async { 7 }
                val task = Asyncio.createTask(Coroutine { Asyncio.await(gone.asFuture()) })
                swallow { task.await() } shouldBe "cancelled"
                task.cancelled() shouldBe true
            }
        }

        test("passes its cancellation on") {
            program {
                val deferred = CompletableDeferred<Int>()
                val task = createTask { deferred.asFuture().await() }
                sleep(1.milliseconds)
                task.cancel()
                swallow { task.await() } shouldBe "cancelled"
                deferred.isCancelled shouldBe true
            }
        }

        test("starts one that is lazy") {
            program { async(start = CoroutineStart.LAZY) { 7 }.asFuture().await() shouldBe 7 }
        }

        test("may come from another thread") {
            program {
                val deferred = CoroutineScope(Dispatchers.IO).async {
                    delay(10)
                    7
                }
                deferred.asFuture().await() shouldBe 7
            }
        }
    }

    context("a Job as a task") {
        test("lasts as long") {
            program {
                val job = loop.coroutineScope.launch { delay(20) }
                val task = job.asTask("named")
                task.getName() shouldBe "named"
                task.await()
                millisNow shouldBe 20
            }
        }

        test("fails with it") {
            program {
                val job = Job()
                job.completeExceptionally(IllegalStateException("bad"))
                shouldThrow<IllegalStateException> { job.asTask().await() }.message shouldBe "bad"
            }
        }

        test("cancels it and waits for its end") {
            program {
                val job = loop.coroutineScope.launch {
                    try {
                        awaitCancellation()
                    } finally {
                        withContext(NonCancellable) { delay(5) }
                    }
                }
                val task = job.asTask()
                sleep(1.milliseconds)
                task.cancel()
                swallow { task.await() } shouldBe "cancelled"
                job.isCompleted shouldBe true
                millisNow shouldBe 6
            }
        }
    }

    context("a Job as a task that is not all there is to the Job") {
        test("fails if the Job does in its clean-up, though the task was cancelled") {
            program {
                val job = CoroutineScope(SupervisorJob() + loop.asCoroutineDispatcher()).async {
                    try {
                        awaitCancellation()
                    } finally {
                        throw IllegalStateException("not rolled back")
                    }
                }
                val task = job.asTask()
                sleep(1.milliseconds)
                task.cancel()
                shouldThrow<IllegalStateException> { task.await() }.message shouldBe "not rolled back"
            }
        }

        test("is waited for on virtual time if the Job runs elsewhere") {
            program {
                CoroutineScope(Dispatchers.IO).launch { delay(10) }.asTask().await()
                millisNow shouldBe 0
            }
        }
    }

    test("virtual time goes on for a coroutine elsewhere that waits for the loop, and is bridged") {
        program {
            async(Dispatchers.Default) { sleep(5.milliseconds).let { 7 } }.asFuture().await() shouldBe 7
            launch(Dispatchers.Default) { sleep(5.milliseconds) }.asTask().await()
            millisNow shouldBe 10
            async(Dispatchers.Default) { delay(10) }.asFuture().await()
            millisNow shouldBe 10
        }
    }

    context("a Job as a task that has not begun") {
        test("is cancelled with it") {
            program {
                val job = Job()
                val task = job.asTask()
                task.cancel()
                swallow { task.await() } shouldBe "cancelled"
                sleep(1.milliseconds)
                job.isCancelled shouldBe true
            }
        }

        test("is started by it") {
            program {
                launch(start = CoroutineStart.LAZY) { delay(5) }.asTask().await()
                millisNow shouldBe 5
            }
        }
    }

    context("kotlinx's bridge to CompletableFuture") {
        test("future runs its block on the loop") {
            program {
                val stage = loop.coroutineScope.future {
                    delay(20)
                    7
                }
                stage.await() shouldBe 7
                Asyncio.wrapFuture(stage).await() shouldBe 7
                millisNow shouldBe 20
            }
        }

        test("cancelling the stage cancels the block") {
            program {
                val log = mutableListOf<String>()
                val stage = loop.coroutineScope.future { log += swallow { awaitCancellation() } }
                sleep(1.milliseconds)
                stage.cancel(false)
                sleep(1.milliseconds)
                log shouldBe listOf("cancelled")
            }
        }

        test("await passes a cancellation on to the stage, once, and the task goes on") {
            program {
                val stage = CompletableFuture<Int>()
                val task = createTask {
                    swallow { stage.await() }.also { delay(5) }
                }
                sleep(1.milliseconds)
                task.cancel()
                task.await() shouldBe "cancelled"
                stage.isCancelled shouldBe true
            }
        }

        test("await throws what the stage has failed with, unwrapped, and a cancelled stage is a cancellation") {
            program {
                val failed = CompletableFuture.failedFuture<Int>(CompletionException(IllegalStateException("bad")))
                shouldThrow<IllegalStateException> { failed.await() }.message shouldBe "bad"
                val cancelled = CompletableFuture<Int>().apply { cancel(false) }
                swallow { cancelled.await() } shouldBe "cancelled"
                thisTask.cancelling() shouldBe 0
            }
        }

        test("await on the loop's dispatcher is cancelled with its coroutine, stage and all") {
            program {
                val stage = CompletableFuture<Int>()
                val log = mutableListOf<String>()
                val child = loop.coroutineScope.launch { log += swallow { stage.await() } }
                sleep(1.milliseconds)
                child.cancelAndJoin()
                log shouldBe listOf("cancelled")
                stage.isCancelled shouldBe true
            }
        }

        test("a failing future block fails its stage") {
            program {
                val stage = loop.coroutineScope.future<Int> { throw IllegalStateException("bad") }
                shouldThrow<IllegalStateException> { Asyncio.wrapFuture(stage).await() }.message shouldBe "bad"
            }
        }

        test("ends with the loop") {
            val loop = Asyncio.newEventLoop()
            val stage = loop.coroutineScope.future { awaitCancellation() }
            loop.close()
            shouldThrow<CancellationException> { stage.join() }
        }
    }

    test("a future of the SDK is a CompletableFuture for others") {
        val stage = asyncio(Runs.onVirtualTime()) {
            val task = createTask {
                sleep(5.milliseconds)
                7
            }
            task.toCompletableFuture().also { it.await() shouldBe 7 }
        }
        stage.join() shouldBe 7
    }
})

/** The message of the cancellation that [future] ends with. */
private suspend fun cancellationOf(
    future: Future<*>,
): String? = shouldThrow<CancellationException> { future.await() }.message
