package dev.asyncio.interop

import dev.asyncio.Coroutine
import dev.asyncio.Future
import dev.asyncio.coroutines.asCoroutineDispatcher
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.awaitAcquire
import dev.asyncio.coroutines.awaitGet
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.toThread
import dev.asyncio.coroutines.waitFor
import dev.asyncio.queues.Queue
import dev.asyncio.sync.Lock
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds

/** Ways to wait for the loop. */
private val waits: Map<String, suspend () -> Unit> = mapOf(
    "sleep" to { sleep(5.milliseconds) },
    "a future's await" to { loop.createFuture<Int>().await() },
    "a coroutine's await" to { coroutine { 1 }.await() },
    "a Java coroutine's await" to { Coroutine { 1 }.await() },
    "gather" to { gather(coroutine { 1 }, coroutine { 2 }) },
    "waitFor" to { waitFor(loop.createFuture<Int>(), 1.hours) },
    "sleep in a child" to { coroutineScope { launch { sleep(5.milliseconds) } } },
)

/** Places of the loop's own code, other than the body of a task. */
private val places: Map<String, suspend (() -> Unit) -> Unit> = mapOf(
    "a Java body" to { block -> Coroutine { block() }.await() },
    "a callback" to { block -> calledSoon(block).await().getOrThrow() },
)

private fun calledSoon(block: () -> Unit): Future<Result<Unit>> {
    val future = loop.createFuture<Result<Unit>>()
    loop.callSoon { future.setResult(runCatching(block)) }
    return future
}

class RunBlockingSpec : FunSpec({
    for ((name, wait) in waits) {
        test("in runBlocking on the loop $name is refused, and the loop goes on") {
            program {
                shouldThrow<IllegalStateException> { runBlocking { wait() } }.message shouldContain "runBlocking stops"
                sleep(5.milliseconds)
            }
        }
    }

    for ((place, enter) in places) {
        test("in $place, too") {
            program {
                val task = createTask { sleep(5.milliseconds) }
                enter {
                    shouldThrow<IllegalStateException> { runBlocking { task.await() } }
                        .message shouldContain "createTask"
                }
                task.await()
            }
        }
    }

    test("who is refused to wait in line does not stand in it") {
        program {
            val queue = Queue<Int>()
            val lock = Lock()
            lock.awaitAcquire()
            for (wait in listOf<suspend () -> Any?>(queue::awaitGet, { queue.get().await() }, lock::awaitAcquire)) {
                shouldThrow<IllegalStateException> { runBlocking { wait() } }
            }
            "$queue" shouldBe "<Queue size=0>"
            "$lock" shouldBe "<Lock locked>"
        }
    }

    test("runBlocking on the loop gets what need not be waited for") {
        program {
            val queue = Queue<Int>()
            runBlocking {
                queue.put(7).await()
                queue.get().await()
            } shouldBe 7
            val task = createTask { 8 }
            task.await()
            runBlocking { task.await() } shouldBe 8
            val failed = loop.createFuture<Int>()
            failed.setException(ArithmeticException())
            shouldThrow<ArithmeticException> { runBlocking { failed.await() } }
        }
    }

    test("runBlocking on the loop waits for what is kotlinx's alone") {
        program {
            runBlocking {
                delay(1)
                withContext(Dispatchers.Default) { 7 } + async { 1 }.await()
            } shouldBe 8
        }
    }

    test("runBlocking in another thread waits for the loop") {
        program {
            val loop = loop
            val task = createTask { 7 }
            toThread {
                runBlocking {
                    task.await() + withContext(loop.asCoroutineDispatcher()) { coroutine { 1 }.await() }
                }
            } shouldBe 8
        }
    }
})
