package dev.asyncio.reactive

import dev.asyncio.Task
import dev.asyncio.TimeoutException
import dev.asyncio.coroutines.asAsyncIterator
import dev.asyncio.coroutines.asCoroutineDispatcher
import dev.asyncio.coroutines.asFlow
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.reactive.asAsyncIterator
import dev.asyncio.coroutines.reactive.asPublisher
import dev.asyncio.coroutines.reactive.awaitFirst
import dev.asyncio.coroutines.reactive.awaitFirstOrNull
import dev.asyncio.coroutines.reactive.awaitSingle
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.waitFor
import dev.asyncio.interop.loop
import dev.asyncio.interop.millisNow
import dev.asyncio.interop.program
import dev.asyncio.interop.swallow
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.single
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.reactivestreams.Subscription
import reactor.core.CoreSubscriber
import reactor.core.publisher.Flux
import reactor.core.publisher.FluxSink
import reactor.core.publisher.Mono
import java.time.Duration.ofSeconds
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

class ReactiveSpec : FunSpec({
    test("publishers are awaited") {
        program {
            Mono.just(1).awaitSingle() shouldBe 1
            Flux.just(1, 2).awaitFirst() shouldBe 1
            Mono.empty<Int>().awaitFirstOrNull() shouldBe null
            shouldThrow<NoSuchElementException> { Mono.empty<Int>().awaitFirst() }
            shouldThrow<NoSuchElementException> { Mono.empty<Int>().awaitSingle() }
            shouldThrow<IllegalArgumentException> { Flux.just(1, 2).awaitSingle() }
        }
    }

    test("a publisher becomes a flow, and a flow a publisher") {
        program {
            Flux.range(1, 3).asAsyncIterator().asFlow().map { it * it }.toList() shouldContainExactly listOf(1, 4, 9)
            val seconds = flow {
                repeat(3) {
                    sleep(1.seconds)
                    emit(millisNow)
                }
            }
            val publisher = seconds.asAsyncIterator().asPublisher()
            Flux.from(publisher).collectList().awaitSingle() shouldBe listOf(1_000L, 2_000L, 3_000L)
        }
    }

    test("a wait for a publisher can time out") {
        var cancelled = 0
        program {
            val never = Mono.never<Int>().doOnCancel { cancelled++ }
            shouldThrow<TimeoutException> { waitFor(coroutine { never.awaitSingle() }, 1.seconds) }
        }
        cancelled shouldBe 1
    }

    test("a wait that is cancelled in a coroutine of kotlinx cancels the subscription, wherever that runs") {
        var cancelled = 0
        program {
            for (dispatcher in listOf(loop.asCoroutineDispatcher(), Dispatchers.IO)) {
                withContext(dispatcher) {
                    val asked = CompletableDeferred<Unit>()
                    val never = Mono.never<Int>().doOnRequest { asked.complete(Unit) }.doOnCancel { cancelled++ }
                    val waiting = launch { never.awaitSingle() }
                    asked.await()
                    waiting.cancelAndJoin()
                }
            }
        }
        cancelled shouldBe 2
    }

    test("so does one that is cancelled when its element is there") {
        var cancelled = 0
        program {
            for (steps in 0..5) {
                lateinit var elements: FluxSink<Int>
                val source = Flux.create { elements = it }.doOnCancel { cancelled++ }
                val waiting = launch { source.awaitFirst() }
                sleep(1.seconds)
                elements.next(7)
                repeat(steps) { sleep(Duration.ZERO) }
                waiting.cancelAndJoin()
                cancelled shouldBe steps + 1
            }
        }
    }

    context("what a pool lends by a Mono is asked for once, and not taken back while it is used, by") {
        val ways: Map<String, suspend (Pool) -> Any> = mapOf(
            "awaitSingle" to { it.awaitSingle() },
            "awaitFirst" to { it.awaitFirst() },
            "awaitSingle in a coroutine of kotlinx" to { coroutineScope { it.awaitSingle() } },
            "awaitSingle of a Flux" to { Flux.from(it).awaitSingle() },
            "iterating" to { it.asAsyncIterator().asFlow().single() },
            "iterating up to the element" to { it.asAsyncIterator().asFlow().first() },
        )
        for ((name, way) in ways) {
            test(name) {
                val pool = Pool()
                program {
                    loop.callLater(ofSeconds(1)) { pool.lend() }
                    loop.callLater(ofSeconds(2)) { pool.end() }
                    way(pool) shouldBe 7
                    sleep(2.seconds)
                }
                pool.log shouldBe listOf("asked", "lent", "ended")
            }
        }
    }

    context("what a pool lends by a Mono is given up if the wait is cancelled") {
        suspend fun cancel(task: Task<*>) {
            task.cancel()
            swallow { task.await() } shouldBe "cancelled"
        }
        test("before it is there") {
            val pool = Pool()
            program {
                val task = createTask { pool.awaitSingle() }
                sleep(1.seconds)
                cancel(task)
            }
            pool.log shouldBe listOf("asked", "cancelled")
        }
        for (steps in 0..3) {
            test("$steps iterations of the loop after it is there, before the end") {
                val pool = Pool()
                program {
                    val task = createTask { pool.awaitSingle() }
                    sleep(1.seconds)
                    pool.lend()
                    repeat(steps) { sleep(Duration.ZERO) }
                    cancel(task)
                }
                pool.log shouldBe listOf("asked", "lent", "cancelled")
            }
        }
        test("and an iterator is closed that has not delivered it") {
            val pool = Pool()
            program {
                val connections = pool.asAsyncIterator()
                val task = createTask { connections.advance().await() }
                sleep(1.seconds)
                pool.lend()
                sleep(Duration.ZERO)
                cancel(task)
                pool.log shouldBe listOf("asked", "lent")
                connections.close().await()
            }
            pool.log shouldBe listOf("asked", "lent", "cancelled")
        }
    }
})

/** As R2DBC's pool: whoever asks again borrows once more, and a cancellation takes back what was lent. */
private class Pool : Mono<Int>() {
    val log = mutableListOf<String>()
    private lateinit var borrower: CoreSubscriber<in Int>

    override fun subscribe(actual: CoreSubscriber<in Int>) {
        borrower = actual
        actual.onSubscribe(object : Subscription {
            override fun request(n: Long) {
                log += "asked"
            }

            override fun cancel() {
                log += "cancelled"
            }
        })
    }

    fun lend() {
        log += "lent"
        borrower.onNext(7)
    }

    fun end() {
        log += "ended"
        borrower.onComplete()
    }
}
