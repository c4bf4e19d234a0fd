package dev.asyncio.samples.kotlin

import dev.asyncio.Asyncio
import dev.asyncio.Coroutine
import dev.asyncio.ExceptionGroup
import dev.asyncio.Task
import dev.asyncio.TimeoutException
import dev.asyncio.coroutines.asAsyncIterator
import dev.asyncio.coroutines.asFlow
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.awaitGet
import dev.asyncio.coroutines.awaitPut
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.taskGroup
import dev.asyncio.coroutines.timeout
import dev.asyncio.coroutines.toThread
import dev.asyncio.coroutines.waitFor
import dev.asyncio.coroutines.withLock
import dev.asyncio.coroutines.withPermit
import dev.asyncio.queues.Queue
import dev.asyncio.sync.Lock
import dev.asyncio.sync.Semaphore
import dev.asyncio.testing.VirtualTime
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import java.io.FileNotFoundException
import java.io.IOException
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** The guide's Kotlin examples, run. */
class GuideTest {
    private val log = mutableListOf<String>()

    private fun onVirtualTime(block: suspend CoroutineScope.() -> Unit) = VirtualTime.during { asyncio(block = block) }

    private suspend fun fetch(page: String): String {
        sleep(1.seconds)
        log += "fetched $page"
        return "<$page>"
    }

    private fun readFile(name: String): String = throw FileNotFoundException(name)

    @Test
    fun timeouts() =
        onVirtualTime {
            // @start region="timeouts"
            try {
                val news = waitFor(coroutine { fetch("news") }, 500.milliseconds)
                log += news
            } catch (_: TimeoutException) {
                log += "no news within half a second"
            }

            val both = timeout(5.seconds) { fetch("news") + fetch("sports") }
            // @end
            assertEquals("<news><sports>", both)
            assertEquals(listOf("no news within half a second", "fetched news", "fetched sports"), log)
        }

    @Test
    fun taskGroups() =
        onVirtualTime {
            // @start region="task-group"
            val both = taskGroup {
                val news = createTask { fetch("news") }
                val sports = createTask { fetch("sports") }
                news.await() + sports.await()
            }

            try {
                taskGroup {
                    createTask { fetch("news") } // cancelled when its sibling fails
                    createTask { readFile("weather.txt") }
                }
            } catch (e: ExceptionGroup) {
                log += "failed: ${e.exceptions()}"
            }
            // @end
            assertEquals("<news><sports>", both)
            val failed = "failed: [java.io.FileNotFoundException: weather.txt]"
            assertEquals(listOf("fetched news", "fetched sports", failed), log)
        }

    @Test
    fun cancellation() =
        onVirtualTime {
            // @start region="cancellation"
            val worker = createTask {
                while (true) {
                    try {
                        fetch("news")
                        readFile("weather.txt")
                    } catch (e: IOException) {
                        log += "goes on after ${e.message}"
                    } finally {
                        sleep(100.milliseconds) // cleaning up may wait
                    }
                }
            }
            sleep(1.5.seconds)
            worker.cancel()
            try {
                worker.await()
            } catch (_: CancellationException) {
                log += "cancelled"
            }
            // @end
            assertEquals(listOf("fetched news", "goes on after weather.txt", "cancelled"), log)
        }

    @Test
    fun blockingCode() =
        onVirtualTime {
            // @start region="to-thread"
            val news = createTask { fetch("news") }
            val content = toThread { blockingRead("weather.txt") } // the loop goes on meanwhile
            // @end
            assertEquals("weather.txt: sunny", content)
            assertEquals("<news>", news.await())
        }

    private fun blockingRead(name: String) = "$name: sunny"

    @Test
    fun queues() =
        onVirtualTime {
            // @start region="queue"
            val pages = Queue<String>(10)
            val worker = createTask {
                while (true) {
                    fetch(pages.awaitGet())
                    pages.taskDone()
                }
            }
            for (page in listOf("news", "weather", "sports")) {
                pages.awaitPut(page) // waits while there are ten in the queue
            }
            pages.join().await() // until all are done
            worker.cancel()
            // @end
            assertEquals(listOf("fetched news", "fetched weather", "fetched sports"), log)
        }

    @Test
    fun locks() =
        onVirtualTime {
            // @start region="lock"
            val lock = Lock()
            val news = lock.withLock { fetch("news") } // async with lock

            val two = Semaphore(2)
            gather(listOf("sports", "weather", "stocks").map { coroutine { two.withPermit { fetch(it) } } })
            // @end
            assertEquals("<news>", news)
            assertEquals(listOf("fetched news", "fetched sports", "fetched weather", "fetched stocks"), log)
        }

    @Test
    fun asyncFor() =
        onVirtualTime {
            // @start region="async-for"
            val pages = Queue<String>()
            for (page in listOf("news", "", "weather", "sports")) pages.putNowait(page)
            pages.shutdown()
            pages
                .items()
                .asFlow()
                .filter { it.isNotEmpty() }
                .map { fetch(it) }
                .collect { log += "got $it" } // async for
            // @end
            val expected = listOf("news", "weather", "sports").flatMap { listOf("fetched $it", "got <$it>") }
            assertEquals(expected, log)
        }

    @Test
    fun generators() =
        onVirtualTime {
            // @start region="generator"
            val archive = flow {
                try {
                    for (number in 1..1000) emit(fetch("page $number")) // yield
                } finally {
                    log += "closed"
                }
            }
            val forJava = archive.asAsyncIterator() // there: await(forJava.advance())
            val firstTwo = forJava.take(2).toList().await()
            // @end
            assertEquals(listOf("<page 1>", "<page 2>"), firstTwo)
            assertEquals(listOf("fetched page 1", "fetched page 2", "closed"), log)
        }

    @Test
    fun javaAndKotlin() =
        onVirtualTime {
            // @start region="java-and-kotlin"
            val forJava: Coroutine<String> = coroutine { fetch("news") } // there: await(forJava)
            val fromJava: Task<String> = Asyncio.createTask(forJava)
            val news = fromJava.await()
            // @end
            assertEquals("<news>", news)
        }

    @Test
    fun kotlinx() =
        onVirtualTime {
            // @start region="kotlinx"
            val ticks = flow {
                for (n in 1..3) {
                    delay(1.seconds)
                    emit(n)
                }
            }
            val task = createTask {
                launch { fetch("news") } // ends with the task
                ticks.toList()
            }
            // @end
            assertEquals(listOf(1, 2, 3), task.await())
            assertEquals(listOf("fetched news"), log)
        }
}
