package dev.asyncio.queues

import dev.asyncio.NoRunningLoopException
import dev.asyncio.QueueShutDownException
import dev.asyncio.RunnerOptions
import dev.asyncio.WrongLoopThreadException
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.awaitGet
import dev.asyncio.coroutines.awaitPut
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import dev.asyncio.support.Runs
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlin.time.Duration.Companion.seconds

private fun virtual(block: suspend CoroutineScope.() -> Unit) = asyncio(Runs.onVirtualTime(), block)

/** Queues in suspend functions, and in coroutines of kotlinx that run in a task. */
class KotlinFaceSpec :
    FunSpec({
        test("awaitPut and awaitGet wait for room and for items") {
            virtual {
                val queue = Queue<Int>(1)
                val producer = createTask { repeat(10) { queue.awaitPut(it) } }
                List(10) { queue.awaitGet() } shouldBe List(10) { it }
                producer.await()
            }
        }

        test("null is an item") {
            virtual {
                val queue = Queue<Int?>()
                val getter = createTask { queue.awaitGet() }
                sleep(1.seconds)
                queue.awaitPut(null)
                getter.await() shouldBe null
            }
        }

        test("whoever waits at the shutdown fails") {
            virtual {
                val queue = Queue<Int>(1)
                val getter = createTask { queue.awaitGet() }
                sleep(1.seconds)
                queue.shutdown()
                shouldThrow<QueueShutDownException> { getter.await() }
                shouldThrow<QueueShutDownException> { queue.awaitGet() }
                shouldThrow<QueueShutDownException> { queue.awaitPut(1) }
            }
        }

        test("a launched coroutine that is cancelled after it was woken passes the item on") {
            virtual {
                val queue = Queue<Int>()
                val a = launch { queue.awaitGet() }
                val b = createTask { queue.awaitGet() }
                sleep(1.seconds)
                queue.putNowait(7)
                a.cancelAndJoin()
                b.await() shouldBe 7
            }
        }

        test("Java and Kotlin share a queue") {
            virtual {
                val queue = Queue<Int>(2)
                val java = dev.asyncio.Asyncio.createTask(
                    dev.asyncio.VoidCoroutine {
                        for (i in 0 until 5) dev.asyncio.Asyncio.await(queue.put(i))
                    },
                )
                repeat(5) { queue.awaitGet() shouldBe it }
                java.await()
            }
        }

        test("on another dispatcher what does not leave it is refused") {
            asyncio(RunnerOptions.DEFAULT.withInterruptHandler(false)) {
                val queue = Queue<Int>()
                queue.putNowait(1)
                withContext(Dispatchers.Default) {
                    shouldThrow<WrongLoopThreadException> { queue.awaitGet() }
                    shouldThrow<WrongLoopThreadException> { queue.awaitPut(2) }
                    // These have a loop to go to and come back from.
                    queue.get().await() shouldBe 1
                    queue.put(2).await()
                }
                queue.qsize() shouldBe 1
            }
        }

        test("without a loop a queue is refused and stays as it is") {
            val queue = Queue<Int>()
            runBlocking {
                shouldThrow<NoRunningLoopException> { queue.awaitPut(1) }
                shouldThrow<NoRunningLoopException> { queue.put(1).await() }
            }
            queue.toString() shouldBe "<Queue size=0>"
        }
    })
