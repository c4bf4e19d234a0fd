package dev.asyncio.samples.kotlin

import dev.asyncio.Asyncio
import dev.asyncio.coroutines.asCoroutineDispatcher
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.sleep
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import kotlin.concurrent.thread
import kotlin.time.Duration.Companion.milliseconds

/** The Kotlin examples of the Android guide, run with `runBlocking` as the main thread and its scope. */
class AndroidGuideTest {
    private val loop = Asyncio.newEventLoop()
    private val thread = thread(name = "asyncio") { loop.runForever() }
    private val begun = Channel<String>(Channel.UNLIMITED)
    private val ended = Channel<String>(Channel.UNLIMITED)
    private var shown: String? = null
    private var online = true

    @AfterEach
    fun endTheLoop() {
        loop.callSoonThreadsafe(loop::stop)
        thread.join()
        loop.close()
    }

    /** What the examples call an activity. */
    private inner class Activity(
        private val lifecycleScope: CoroutineScope,
    ) {
        // @start region="lifecycle"
        fun onCreate() {
            lifecycleScope.launch {
                val (news, weather) = withContext(loop.asCoroutineDispatcher()) {
                    gather(coroutine { fetch("news") }, coroutine { fetch("weather") })
                }
                show(news, weather) // on the main thread again
            }
        }
        // @end
    }

    private suspend fun fetch(page: String): String {
        try {
            begun.send(page)
            sleep(1.milliseconds)
            if (!online) awaitCancellation()
            return "<$page>"
        } finally {
            ended.trySend(page)
        }
    }

    private fun show(vararg pages: String) {
        shown = "${pages.toList()} on ${Thread.currentThread().name.substringBefore(" @")}"
    }

    @Test
    fun resultsAreShownOnTheMainThread() {
        runBlocking { Activity(this).onCreate() }
        assertEquals("[<news>, <weather>] on ${Thread.currentThread().name}", shown)
    }

    @Test
    fun theEndOfTheScopeCancelsWhatIsLoaded() {
        online = false
        runBlocking {
            val life = launch { coroutineScope { Activity(this).onCreate() } }
            assertEquals(listOf("news", "weather"), List(2) { begun.receive() })
            life.cancelAndJoin()
            assertEquals(listOf("news", "weather"), List(2) { ended.receive() })
        }
        assertNull(shown)
    }
}
