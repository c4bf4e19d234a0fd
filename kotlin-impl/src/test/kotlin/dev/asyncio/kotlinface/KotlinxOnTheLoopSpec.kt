package dev.asyncio.kotlinface

import dev.asyncio.Asyncio
import dev.asyncio.Task
import dev.asyncio.TimeoutException
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.timeout
import dev.asyncio.support.Gc
import dev.asyncio.support.Runs
import dev.asyncio.support.Trace
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.selects.select
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.coroutines.yield
import java.lang.ref.WeakReference
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.seconds

private val now get() = Asyncio.getRunningLoop().time().seconds

private fun virtual(block: suspend CoroutineScope.() -> Unit) = asyncio(Runs.onVirtualTime(), block)

/** kotlinx.coroutines inside of our tasks: on the loop's clock and in its order. */
class KotlinxOnTheLoopSpec : FunSpec({
    lateinit var trace: Trace
    beforeTest { trace = Trace() }

    context("primitives work on the loop") {
        test("delay is on the loop's clock") {
            virtual {
                delay(1.days)
                now shouldBe 86_400
            }
        }
        test("yield lets everything else run once") {
            virtual {
                createTask { trace.add("task") }
                yield()
                trace.add("after the yield")
            }
            trace.`is`("task", "after the yield")
        }
        test("async and awaitAll") {
            virtual {
                val results = List(3) { i ->
                    async {
                        delay(((3 - i) * 1000).toLong())
                        i
                    }
                }.awaitAll()
                results shouldBe listOf(0, 1, 2)
                now shouldBe 3
            }
        }
        test("coroutineScope waits for its children") {
            virtual {
                coroutineScope {
                    launch {
                        delay(1000)
                        trace.add("child")
                    }
                    trace.add("scope")
                }
                trace.add("after at $now")
            }
            trace.`is`("scope", "child", "after at 1")
        }
        test("withTimeout and withTimeoutOrNull") {
            virtual {
                shouldThrow<TimeoutCancellationException> { withTimeout(1000) { delay(5000) } }
                now shouldBe 1
                withTimeoutOrNull(1000) { delay(5000) } shouldBe null
                withTimeout(1000) { "in time" } shouldBe "in time"
                delay(1000)
                now shouldBe 3
            }
        }
        test("withContext goes to another dispatcher and comes back") {
            virtual {
                val loopThread = Thread.currentThread()
                val task = Asyncio.currentTask()
                val other = withContext(Dispatchers.IO) { Thread.currentThread() }
                (other === loopThread) shouldBe false
                Thread.currentThread() shouldBe loopThread
                Asyncio.currentTask() shouldBe task
            }
        }
        test("channels pass values in order") {
            virtual {
                val channel = Channel<Int>(2)
                val producer = createTask {
                    for (i in 1..5) {
                        channel.send(i)
                        trace.add("sent $i")
                    }
                    channel.close()
                }
                val received = ArrayList<Int>()
                for (value in channel) received.add(value)
                received shouldBe listOf(1, 2, 3, 4, 5)
                producer.await()
            }
            trace.`is`("sent 1", "sent 2", "sent 3", "sent 4", "sent 5")
        }
        test("mutexes keep tasks apart") {
            virtual {
                val mutex = Mutex()
                val tasks = listOf("A", "B", "C").map { name ->
                    createTask {
                        mutex.withLock {
                            trace.add("$name in")
                            delay(1000)
                            trace.add("$name out")
                        }
                    }
                }
                tasks.forEach { it.await() }
            }
            trace.`is`("A in", "A out", "B in", "B out", "C in", "C out")
        }
        test("flows and state flows") {
            virtual {
                flow {
                    for (i in 1..3) {
                        delay(1000)
                        emit(i)
                    }
                }.toList() shouldBe listOf(1, 2, 3)
                val state = MutableStateFlow(0)
                val waiter = createTask { state.first { it == 2 } }
                createTask {
                    state.value = 1
                    delay(1000)
                    state.value = 2
                }
                waiter.await() shouldBe 2
            }
        }
        test("select takes what is there first") {
            virtual {
                val slow = async { "slow".also { delay(2000) } }
                val fast = async { "fast".also { delay(1000) } }
                select {
                    slow.onAwait { it }
                    fast.onAwait { it }
                } shouldBe "fast"
                joinAll(slow)
            }
        }
        test("a deferred that another thread completes") {
            asyncio {
                val deferred = CompletableDeferred<String>()
                Thread { deferred.complete("from outside") }.start()
                deferred.await() shouldBe "from outside"
            }
        }
    }

    test("a task that is over is garbage before the clock moves") {
        virtual {
            val result = WeakReference(createTask { coroutineScope { Any() } }.await())
            yield() // the frame forgets what it has got
            Gc.collect()
            result.get().shouldBeNull()
        }
    }

    context("timeouts of both kinds nest") {
        test("asyncio's inside of kotlinx's and the other way round") {
            virtual {
                shouldThrow<TimeoutCancellationException> {
                    withTimeout(1000) { timeout(5.seconds) { delay(1.days) } }
                }
                shouldThrow<TimeoutException> {
                    timeout(1.seconds) { withTimeout(5000) { delay(1.days) } }
                }
                now shouldBe 2
                val me: Task<*> = Asyncio.currentTask()!!
                me.cancelling() shouldBe 0
            }
        }
    }
})
