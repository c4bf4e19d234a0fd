package dev.asyncio.sync

import dev.asyncio.NoRunningLoopException
import dev.asyncio.RunnerOptions
import dev.asyncio.WrongLoopThreadException
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.awaitAcquire
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.withLock
import dev.asyncio.coroutines.withPermit
import dev.asyncio.support.Oops
import dev.asyncio.support.Runs
import dev.asyncio.support.Trace
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration.Companion.seconds

private fun virtual(block: suspend CoroutineScope.() -> Unit) = asyncio(Runs.onVirtualTime(), block)

/** Locks in suspend functions, and in coroutines of kotlinx that run in a task. */
class KotlinFaceSpec :
    FunSpec({
        context("in tasks") {
            test("withLock gives the value of its block and releases the lock however the block ends") {
                virtual {
                    val lock = Lock()
                    lock.withLock {
                        lock.locked() shouldBe true
                        7
                    } shouldBe 7
                    shouldThrow<Oops> { lock.withLock { throw Oops("in the block") } }
                    lock.locked() shouldBe false
                }
            }

            test("a block of withLock may return from the function around it") {
                virtual {
                    val lock = Lock()
                    firstUnderLock(lock) shouldBe 1
                    lock.locked() shouldBe false
                }
            }

            test("withLock stands in line and passes a wake-up on when it is cancelled") {
                virtual {
                    val trace = Trace()
                    val lock = Lock()
                    lock.awaitAcquire()
                    val a = createTask("A") { lock.withLock { trace.add("A") } }
                    val b = createTask("B") { lock.withLock { trace.add("B") } }
                    sleep(1.seconds)
                    lock.release()
                    a.cancel("away")
                    shouldThrow<CancellationException> { a.await() }.message shouldBe "away"
                    b.await()
                    trace.`is`("B")
                }
            }

            test("withPermit lets as many in as there are slots") {
                virtual {
                    val semaphore = Semaphore(2)
                    var inside = 0
                    var most = 0
                    val tasks = List(6) {
                        createTask {
                            semaphore.withPermit {
                                most = maxOf(most, ++inside)
                                sleep(1.seconds)
                                inside--
                            }
                        }
                    }
                    tasks.forEach { it.await() }
                    most shouldBe 2
                    semaphore.toString() shouldBe "<Semaphore unlocked, value=2>"
                }
            }

            test("a condition is waited for under its lock") {
                virtual {
                    val condition = Condition()
                    var stock = 0
                    val taker = createTask {
                        condition.withLock {
                            condition.waitFor { stock > 0 }.await()
                            stock--
                        }
                    }
                    sleep(1.seconds)
                    condition.withLock {
                        stock++
                        condition.notifyWaiters(1)
                    }
                    taker.await() shouldBe 1
                    condition.awaitAcquire()
                    condition.locked() shouldBe true
                }
            }

            test("Kotlin and Java contend for one lock in the order in which they came") {
                virtual {
                    val trace = Trace()
                    val lock = Lock()
                    lock.awaitAcquire()
                    val tasks = listOf(
                        createTask { lock.withLock { trace.add("Kotlin 1") } },
                        dev.asyncio.Asyncio.createTask(lock.hold(dev.asyncio.VoidCoroutine { trace.add("Java") })),
                        createTask { lock.withLock { trace.add("Kotlin 2") } },
                    )
                    sleep(1.seconds)
                    lock.release()
                    tasks.forEach { it.await() }
                    trace.`is`("Kotlin 1", "Java", "Kotlin 2")
                }
            }
        }

        context("in coroutines of kotlinx") {
            test("a launched coroutine stands in line as a task does") {
                virtual {
                    val trace = Trace()
                    val lock = Lock()
                    lock.awaitAcquire()
                    val jobs = listOf("A", "B").map { name -> launch { lock.withLock { trace.add(name) } } }
                    sleep(1.seconds)
                    lock.toString() shouldBe "<Lock locked, waiters=2>"
                    lock.release()
                    jobs.forEach { it.join() }
                    trace.`is`("A", "B")
                }
            }

            test("one that is cancelled after it was woken passes the lock on") {
                virtual {
                    val trace = Trace()
                    val lock = Lock()
                    lock.awaitAcquire()
                    val a = launch { lock.withLock { trace.add("A") } }
                    val b = launch { lock.withLock { trace.add("B") } }
                    sleep(1.seconds)
                    lock.release()
                    a.cancelAndJoin()
                    b.join()
                    trace.`is`("B")
                    lock.toString() shouldBe "<Lock unlocked>"
                }
            }

            test("a timeout of kotlinx frees the place in line") {
                virtual {
                    val lock = Lock()
                    lock.awaitAcquire()
                    withTimeoutOrNull(1000) { lock.withLock { } } shouldBe null
                    lock.toString() shouldBe "<Lock locked>"
                    lock.release()
                }
            }

            test("one that is cancelled while it waits for a condition has the lock back first") {
                virtual {
                    val trace = Trace()
                    val condition = Condition()
                    val waiter = launch {
                        condition.withLock {
                            try {
                                condition.waitForNotify().await()
                            } finally {
                                trace.add("locked: ${condition.locked()}")
                            }
                        }
                    }
                    sleep(1.seconds)
                    condition.awaitAcquire()
                    waiter.cancel()
                    sleep(1.seconds)
                    trace.add("released")
                    condition.release()
                    waiter.join()
                    trace.`is`("released", "locked: true")
                    condition.toString() shouldBe "<Condition unlocked>"
                }
            }

            test("on another dispatcher a lock is refused and stays as it is") {
                asyncio(RunnerOptions.DEFAULT.withInterruptHandler(false)) {
                    val lock = Lock()
                    val semaphore = Semaphore(1)
                    withContext(Dispatchers.Default) {
                        shouldThrow<WrongLoopThreadException> { lock.withLock { } }.message shouldContain "dispatcher"
                        shouldThrow<WrongLoopThreadException> { semaphore.withPermit { } }
                    }
                    lock.toString() shouldBe "<Lock unlocked>"
                    semaphore.toString() shouldBe "<Semaphore unlocked, value=1>"
                }
            }

            test("without a loop a lock is refused and stays as it is") {
                val lock = Lock()
                runBlocking {
                    shouldThrow<NoRunningLoopException> { lock.withLock { } }
                    shouldThrow<NoRunningLoopException> { lock.acquire().await() }
                    launch(start = CoroutineStart.UNDISPATCHED) {
                        shouldThrow<NoRunningLoopException> { lock.withLock { } }
                    }
                }
                lock.locked() shouldBe false
            }
        }
    })

private suspend fun firstUnderLock(lock: Lock): Int {
    for (i in 1..3) lock.withLock { return i }
    return 0
}
