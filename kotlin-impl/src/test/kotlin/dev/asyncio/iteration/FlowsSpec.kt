package dev.asyncio.iteration

import dev.asyncio.AsyncIterators
import dev.asyncio.Asyncio
import dev.asyncio.CancelledError
import dev.asyncio.Coroutine
import dev.asyncio.Future
import dev.asyncio.VoidCoroutine
import dev.asyncio.coroutines.asAsyncIterator
import dev.asyncio.coroutines.asFlow
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.pages
import dev.asyncio.coroutines.sleep
import dev.asyncio.queues.Queue
import dev.asyncio.support.Oops
import dev.asyncio.support.Runs
import dev.asyncio.support.Trace
import dev.asyncio.support.s
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.throwables.shouldThrowAny
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.channelFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

private fun virtual(block: suspend CoroutineScope.() -> Unit) = asyncio(Runs.onVirtualTime(), block)

private fun failingAfter(go: Future<Unit>): Flow<Int> = flow {
    go.await()
    throw Oops("in the flow")
}

/** Flows of kotlinx as iterators, and the other way round. */
class FlowsSpec :
    FunSpec({
        context("a flow as an iterator") {
            test("is collected as far as it is asked for") {
                virtual {
                    val trace = Trace()
                    val iterator = flow {
                        for (i in 1..3) {
                            trace.add("emit $i")
                            emit(i)
                        }
                        trace.add("end")
                    }.asAsyncIterator()
                    trace.add("made")
                    while (iterator.advance().await()) {
                        trace.add("got ${iterator.current()}")
                        sleep(1.seconds)
                    }
                    iterator.advance().await() shouldBe false
                    trace.`is`("made", "emit 1", "got 1", "emit 2", "got 2", "emit 3", "got 3", "end")
                }
            }

            test("may suspend with what kotlinx has and with what the loop has") {
                virtual {
                    val iterator = flow {
                        delay(1.seconds)
                        emit(1)
                        sleep(1.seconds)
                        emit(2)
                        emit(createTask { 3 }.await())
                    }.map { 10 * it }.buffer(1).asAsyncIterator()
                    iterator.toList().await() shouldBe listOf(10, 20, 30)
                    Asyncio.getRunningLoop().time() shouldBe 2.s
                }
            }

            test("is consumed by a Java body") {
                virtual {
                    val iterator = flow {
                        for (i in 1..3) {
                            delay(1.seconds)
                            emit(i)
                        }
                    }.asAsyncIterator()
                    val sum = Asyncio.createTask(
                        Coroutine {
                            var sum = 0
                            while (Asyncio.await(iterator.advance())) sum += iterator.current()
                            sum
                        },
                    )
                    sum.await() shouldBe 6
                }
            }

            test("fails with what the flow fails with") {
                virtual {
                    val iterator = flow {
                        emit(1)
                        throw Oops("in the flow")
                    }.asAsyncIterator()
                    iterator.advance().await() shouldBe true
                    shouldThrow<Oops> { iterator.advance().await() }.message shouldBe "in the flow"
                    iterator.advance().await() shouldBe false
                    shouldThrow<IllegalStateException> { iterator.current() }
                }
            }

            test("fails with what the flow fails with between two elements") {
                virtual {
                    for (seconds in listOf(1L, 3L)) {
                        val iterator = flow {
                            emit(1)
                            delay(2.seconds)
                            throw Oops("in the flow")
                        }.buffer().asAsyncIterator()
                        iterator.advance().await() shouldBe true
                        sleep(seconds.seconds)
                        shouldThrow<Oops> { iterator.advance().await() }.message shouldBe "in the flow"
                        iterator.advance().await() shouldBe false
                    }
                }
            }

            test("fails with what the flow fails with in the moment in which it is advanced") {
                virtual {
                    for (turns in 0..5) {
                        val gate = CompletableDeferred<Unit>()
                        val iterator = channelFlow {
                            send(1)
                            gate.await()
                            throw Oops("in the flow")
                        }.asAsyncIterator()
                        iterator.advance().await() shouldBe true
                        gate.complete(Unit)
                        repeat(turns) { sleep(0.seconds) }
                        shouldThrow<Oops> { iterator.advance().await() }.message shouldBe "in the flow"
                        iterator.advance().await() shouldBe false
                    }
                }
            }

            test("keeps a failure for which the consumer was cancelled too late") {
                virtual {
                    val go = Asyncio.getRunningLoop().createFuture<Unit>()
                    val iterator = failingAfter(go).asAsyncIterator()
                    val consumer = createTask { iterator.advance().await() }
                    sleep(1.seconds)
                    go.setResult(Unit)
                    // The collector fails first, then its end is passed on; then the cancel, before the consumer runs.
                    Asyncio.getRunningLoop().callSoon { Asyncio.getRunningLoop().callSoon { consumer.cancel() } }
                    shouldThrow<CancellationException> { consumer.await() }
                    shouldThrow<Oops> { iterator.advance().await() }.message shouldBe "in the flow"
                    iterator.advance().await() shouldBe false
                }
            }

            test("tells whoever closes of a failure that no advance has thrown") {
                virtual {
                    val iterator = flow {
                        emit(1)
                        sleep(1.seconds)
                        throw Oops("in the flow")
                    }.buffer().asAsyncIterator()
                    iterator.advance().await()
                    sleep(2.seconds)
                    shouldThrow<Oops> { iterator.close().await() }
                    iterator.close().await()
                    iterator.advance().await() shouldBe false
                }
            }

            test("gives its failure to who advances it although it is closed before that knows") {
                virtual {
                    val go = Asyncio.getRunningLoop().createFuture<Unit>()
                    val iterator = failingAfter(go).asAsyncIterator()
                    val consumer = createTask { iterator.advance().await() }
                    sleep(1.seconds)
                    go.setResult(Unit)
                    sleep(0.seconds)
                    iterator.close().await()
                    shouldThrow<Oops> { consumer.await() }.message shouldBe "in the flow"
                    iterator.advance().await() shouldBe false
                }
            }

            test("tells whoever closes it in the moment in which it fails") {
                virtual {
                    val go = CompletableDeferred<Unit>()
                    val iterator = channelFlow {
                        send(1)
                        go.await()
                        throw Oops("in the flow")
                    }.asAsyncIterator()
                    iterator.advance().await()
                    val failing = Asyncio.allTasks().single { it !== Asyncio.currentTask() }
                    go.complete(Unit)
                    while (!failing.done()) sleep(0.seconds)
                    shouldThrow<Oops> { iterator.close().await() }.message shouldBe "in the flow"
                    iterator.advance().await() shouldBe false
                }
            }

            test("has no more elements once it is closed, not even one that came for an advance that was cancelled") {
                virtual {
                    val go = Asyncio.getRunningLoop().createFuture<Unit>()
                    val iterator = flow {
                        go.await()
                        emit(1)
                        emit(2)
                    }.asAsyncIterator()
                    val consumer = createTask { iterator.advance().await() }
                    sleep(1.seconds)
                    go.setResult(Unit)
                    sleep(0.seconds)
                    consumer.cancel()
                    shouldThrow<CancellationException> { consumer.await() }
                    iterator.close().await()
                    iterator.advance().await() shouldBe false
                    shouldThrow<IllegalStateException> { iterator.current() }
                }
            }

            test("has no more elements for whoever advances it while it is closed") {
                virtual {
                    val iterator = flow {
                        sleep(100.seconds)
                        emit(1)
                    }.asAsyncIterator()
                    val consumer = createTask { iterator.advance().await() }
                    sleep(1.seconds)
                    iterator.close().await()
                    consumer.await() shouldBe false
                }
            }

            test("is cancelled by closing, which waits for its clean-up") {
                virtual {
                    val trace = Trace()
                    val iterator = flow {
                        try {
                            emit(1)
                            emit(2)
                        } finally {
                            sleep(2.seconds)
                            trace.add("cleaned up")
                        }
                    }.asAsyncIterator()
                    iterator.advance().await()
                    iterator.close().await()
                    trace.add("closed")
                    iterator.close().await()
                    iterator.advance().await() shouldBe false
                    trace.`is`("cleaned up", "closed")
                }
            }

            test("is not started by closing") {
                virtual {
                    val iterator = flow<Int> { throw Oops("must not run") }.asAsyncIterator()
                    iterator.close().await()
                    iterator.advance().await() shouldBe false
                }
            }

            test("tells whoever closes what its clean-up fails with") {
                virtual {
                    val iterator = flow {
                        try {
                            emit(1)
                        } finally {
                            throw Oops("in the clean-up")
                        }
                    }.asAsyncIterator()
                    iterator.advance().await()
                    shouldThrow<Oops> { iterator.close().await() }
                }
            }

            test("tells whoever closes of a CancellationException that Java code of its clean-up throws") {
                fun failing(error: Throwable) = flow {
                    try {
                        emit(1)
                    } finally {
                        Coroutine<Unit> { throw error }.await()
                    }
                }

                fun error() = java.util.concurrent.CancellationException("in the clean-up")
                Runs.virtual(
                    VoidCoroutine {
                        val error = error()
                        val closed = failing(error).asAsyncIterator()
                        Asyncio.await(closed.advance())
                        shouldThrowAny { Asyncio.await(closed.close()) } shouldBeSameInstanceAs error

                        val earlier = error()
                        val ended = failing(earlier).asAsyncIterator()
                        Asyncio.await(ended.advance())
                        val collector = Asyncio.allTasks().single { it !== Asyncio.currentTask() }
                        collector.cancel()
                        Asyncio.await(Asyncio.wait(listOf(collector)))
                        shouldThrowAny { Asyncio.await(ended.close()) } shouldBeSameInstanceAs earlier
                    },
                )
            }

            test("passes the consumer's cancellation into the flow, which may survive it") {
                virtual {
                    val trace = Trace()
                    val iterator = flow {
                        try {
                            sleep(100.seconds)
                        } catch (e: CancellationException) {
                            trace.add("flow: ${e.message}")
                            emit("survived")
                        }
                        try {
                            sleep(100.seconds)
                        } finally {
                            trace.add("finally")
                        }
                    }.asAsyncIterator()
                    val first = createTask {
                        iterator.advance().await()
                        iterator.current()
                    }
                    sleep(1.seconds)
                    first.cancel("one")
                    first.await() shouldBe "survived"
                    val second = createTask { iterator.advance().await() }
                    sleep(1.seconds)
                    second.cancel("two")
                    shouldThrow<CancellationException> { second.await() }.message shouldBe "two"
                    second.cancelled() shouldBe true
                    trace.`is`("flow: one", "finally")
                }
            }

            test("keeps an element for which the consumer was cancelled too late") {
                virtual {
                    val go = Asyncio.getRunningLoop().createFuture<Int>()
                    val iterator = flow {
                        emit(go.await())
                        emit(2)
                    }.asAsyncIterator()
                    val consumer = createTask { iterator.advance().await() }
                    sleep(1.seconds)
                    go.setResult(1)
                    // The collector runs first, and hands its element over; then the cancel, before the consumer runs.
                    Asyncio.getRunningLoop().callSoon { consumer.cancel() }
                    shouldThrow<CancellationException> { consumer.await() }
                    iterator.toList().await() shouldBe listOf(1, 2)
                }
            }

            test("is advanced by one at a time") {
                virtual {
                    val iterator = flow {
                        sleep(1.seconds)
                        emit(1)
                    }.asAsyncIterator()
                    val first = createTask { iterator.advance().await() }
                    sleep(0.seconds)
                    shouldThrow<IllegalStateException> { iterator.advance().await() }.message shouldContain "already"
                    first.await() shouldBe true
                    iterator.current() shouldBe 1
                    iterator.close().await()
                }
            }

            test("ends with its loop when nobody closes it") {
                val trace = Trace()
                virtual {
                    val iterator = flow {
                        try {
                            emit(1)
                        } finally {
                            trace.add("finally")
                        }
                    }.asAsyncIterator()
                    iterator.advance().await()
                }
                trace.`is`("finally")
            }
        }

        context("an iterator as a flow") {
            test("is advanced as far as it is collected, then closed") {
                virtual {
                    val trace = Trace()
                    val numbers = AsyncIterators.generate<Int> { emitter ->
                        try {
                            for (i in 1..5) {
                                Asyncio.await(Asyncio.sleep(1.s))
                                trace.add("emit $i")
                                emitter.emit(i)
                            }
                        } finally {
                            Asyncio.await(Asyncio.sleep(1.s))
                            trace.add("finally")
                        }
                    }
                    numbers.asFlow().map { 10 * it }.take(2).toList() shouldBe listOf(10, 20)
                    trace.`is`("emit 1", "emit 2", "finally")
                    numbers.advance().await() shouldBe false
                }
            }

            test("gives all there is") {
                virtual {
                    val queue = Queue<Int?>()
                    listOf(1, null, 3).forEach { queue.putNowait(it) }
                    queue.shutdown()
                    queue.items().asFlow().toList() shouldBe listOf(1, null, 3)
                }
            }

            test("closes when the collector fails") {
                virtual {
                    val trace = Trace()
                    val flow: Flow<Int> = AsyncIterators.generate<Int> { emitter ->
                        try {
                            emitter.emit(1)
                        } finally {
                            trace.add("finally")
                        }
                    }.asFlow()
                    shouldThrow<Oops> { flow.collect { throw Oops("in the collector") } }
                    trace.`is`("finally")
                }
            }

            test("closes when a launched collector is cancelled, and the clean-up may await") {
                virtual {
                    val trace = Trace()
                    val numbers = AsyncIterators.generate<Int> { emitter ->
                        try {
                            emitter.emit(1)
                            emitter.emit(2)
                        } finally {
                            Asyncio.await(Asyncio.sleep(1.s))
                            trace.add("finally")
                        }
                    }
                    val job = launch { numbers.asFlow().collect { delay(100.seconds) } }
                    sleep(1.seconds)
                    job.cancelAndJoin()
                    trace.`is`("finally")
                }
            }

            test("passes a cancellation of its task to where the iterator waits") {
                virtual {
                    val trace = Trace()
                    val numbers = AsyncIterators.generate<Int> { emitter ->
                        try {
                            Asyncio.await(Asyncio.sleep(100.s))
                        } catch (e: CancelledError) {
                            trace.add("body ${e.message}")
                            throw e
                        }
                        emitter.emit(1)
                    }
                    val task = createTask { numbers.asFlow().first() }
                    sleep(1.seconds)
                    task.cancel("stop")
                    shouldThrow<CancellationException> { task.await() }.message shouldBe "stop"
                    trace.`is`("body stop")
                }
            }

            test("goes there and back again") {
                virtual {
                    flowOf(1, 2, 3).asAsyncIterator().asFlow().toList() shouldBe listOf(1, 2, 3)
                }
            }

            test("meets the callbacks of others") {
                virtual {
                    val loop = Asyncio.getRunningLoop()
                    val ticks = callbackFlow {
                        val timers = List(3) { i ->
                            loop.callLater(((i + 1).s)) { trySend(i) }
                        }
                        awaitClose { timers.forEach { it.cancel() } }
                    }
                    val iterator = ticks.asAsyncIterator()
                    iterator.take(2).toList().await() shouldHaveSize 2
                    loop.time() shouldBe 2.s
                    delay(10.milliseconds)
                }
            }
        }

        context("pages as a flow") {
            fun numbers(trace: Trace) = pages(
                first = {
                    trace.add("fetch 1")
                    sleep(1.seconds)
                    1
                },
                elements = { page -> List(page) { page } },
                next = { page ->
                    trace.add("fetch ${page + 1}")
                    sleep(1.seconds)
                    (page + 1).takeIf { it < 4 }
                },
            )

            test("are fetched when the former have been taken") {
                virtual {
                    val trace = Trace()
                    numbers(trace).toList() shouldBe listOf(1, 2, 2, 3, 3, 3)
                    numbers(trace).take(2).toList() shouldBe listOf(1, 2)
                    trace.`is`("fetch 1", "fetch 2", "fetch 3", "fetch 4", "fetch 1", "fetch 2")
                }
            }

            test("may be none") {
                virtual {
                    pages<Int, Int>({ null }, { listOf(it) }, { it }).toList() shouldBe emptyList()
                }
            }
        }
    })
