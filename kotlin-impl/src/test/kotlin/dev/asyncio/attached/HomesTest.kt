package dev.asyncio.attached

import dev.asyncio.Asyncio
import dev.asyncio.Coroutine
import dev.asyncio.EventLoop
import dev.asyncio.KeyboardInterrupt
import dev.asyncio.WrongLoopThreadException
import dev.asyncio.coroutines.attachEventLoop
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import dev.asyncio.support.AsyncioLog
import dev.asyncio.support.Threads
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Delay
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.DisposableHandle
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.delay
import kotlinx.coroutines.swing.Swing
import kotlinx.coroutines.withContext
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.nio.channels.Pipe
import java.time.Duration
import java.util.concurrent.Callable
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.Executor
import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors
import java.util.concurrent.RejectedExecutionException
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicReference
import javax.swing.SwingUtilities
import kotlin.coroutines.CoroutineContext
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.milliseconds
import dev.asyncio.coroutines.coroutine as suspending

/** What a loop can be attached to, and what it cannot. */
@OptIn(InternalCoroutinesApi::class)
class HomesTest {
    private fun ExecutorService.end() {
        shutdown()
        assertTrue(awaitTermination(2, TimeUnit.MINUTES))
    }

    private fun <T> ExecutorService.call(work: () -> T): T = submit(Callable(work)).get(2, TimeUnit.MINUTES)

    @Test
    fun anExecutorOfOneThreadIsAHome() {
        val service = Executors.newSingleThreadExecutor()
        val loop = service.call { Asyncio.attachEventLoop(service) }
        sleepsThere(loop, service)
        service.call(loop::close)
        service.end()
    }

    @Test
    fun anExecutorsDispatcherIsAHome() {
        val service = Executors.newSingleThreadExecutor()
        val loop = service.call { service.asCoroutineDispatcher().attachEventLoop() }
        sleepsThere(loop, service)
        service.call(loop::close)
        service.end()
    }

    @Test
    fun aDispatcherWithoutTimersIsAHome() {
        val service = Executors.newSingleThreadExecutor()
        val dispatcher = object : CoroutineDispatcher() {
            override fun dispatch(context: CoroutineContext, block: Runnable) = service.execute(block)
        }
        val loop = service.call { dispatcher.attachEventLoop() }
        sleepsThere(loop, service)
        assertEquals(1, Threads.named("asyncio-alarm").size)
        service.call(loop::close)
        service.end()
    }

    private fun sleepsThere(loop: EventLoop, service: ExecutorService) {
        val thread = service.call { Thread.currentThread() }
        val task = service.call {
            createTask {
                repeat(3) { sleep(1.milliseconds) }
                Thread.currentThread()
            }.toCompletableFuture()
        }
        assertSame(thread, Ui.get(task))
        assertSame(loop, service.call { Asyncio.getRunningLoop() })
    }

    @Test
    fun aLoopGoesAlongWithAHomeThatReplacesItsThread() {
        val first = Executors.newSingleThreadExecutor()
        val second = Executors.newSingleThreadExecutor()
        val home = AtomicReference(first)
        val loop = first.call { Asyncio.attachEventLoop { home.get().execute(it) } }
        val waiting = first.call { createTask { sleep(20.milliseconds) }.toCompletableFuture() }
        home.set(second)
        first.end()
        val body = Coroutine {
            Asyncio.await(Asyncio.sleep(Duration.ofMillis(1)))
            7
        }
        assertEquals(7, Ui.get(Asyncio.runCoroutineThreadsafe(body, loop)))
        assertSame(loop, second.call { Asyncio.getRunningLoop() })
        Ui.get(waiting)
        second.call(loop::close)
        second.end()
    }

    @Test
    fun aLoopWhoseHomeIsGoneCanStillBeClosed() {
        val service = Executors.newSingleThreadExecutor()
        val thread = service.call { Thread.currentThread() }
        val loop = service.call { Asyncio.attachEventLoop(service) }
        service.end()
        thread.join()
        val refused = assertThrows(RejectedExecutionException::class.java) { loop.callSoonThreadsafe { } }
        assertFalse(refused.message.isNullOrEmpty())
        loop.close()
        assertTrue(loop.isClosed)
    }

    // ---- homes that do not do what they are asked for

    /** A UI on the test's own thread, whose events are handled and whose alarms ring when the test says so. */
    private class ByHand :
        CoroutineDispatcher(),
        Delay {
        private val events = ConcurrentLinkedQueue<Runnable>()
        val alarms = ArrayList<Runnable>()

        @Volatile var refuses = false

        override fun dispatch(context: CoroutineContext, block: Runnable) {
            if (refuses) throw RejectedExecutionException("not now")
            events.add(block)
        }

        override fun invokeOnTimeout(
            timeMillis: Long,
            block: Runnable,
            context: CoroutineContext,
        ): DisposableHandle {
            alarms.add(block)
            return DisposableHandle { alarms.remove(block) }
        }

        override fun scheduleResumeAfterDelay(timeMillis: Long, continuation: CancellableContinuation<Unit>) =
            throw UnsupportedOperationException("the loop resumes nothing but itself")

        fun handleEvents() {
            while (true) (events.poll() ?: return).run()
        }
    }

    private fun elsewhere(action: () -> Unit) = Ui.get(CompletableFuture.runAsync(action))

    @Test
    fun anAlarmThatRingsEarlyIsSetAgain() {
        val ui = ByHand()
        val loop = ui.attachEventLoop()
        loop.callLater(Duration.ofDays(1)) { }
        ui.handleEvents()
        repeat(2) {
            ui.alarms.removeAt(0).run()
            ui.handleEvents()
            assertEquals(1, ui.alarms.size)
        }
        loop.close()
        assertEquals(0, ui.alarms.size)
    }

    @Test
    fun anIterationThatIsRefusedIsAskedForAgainByTheNextCall() {
        val ui = ByHand()
        val loop = ui.attachEventLoop()
        val log = mutableListOf<String>()
        ui.refuses = true
        elsewhere {
            assertThrows(RejectedExecutionException::class.java) { loop.callSoonThreadsafe { log += "refused" } }
        }
        ui.refuses = false
        elsewhere { loop.callSoonThreadsafe { log += "accepted" } }
        ui.handleEvents()
        assertEquals(listOf("refused", "accepted"), log)
        loop.close()
    }

    @Test
    fun nothingThatIsReadyIsLostWithAnIterationThatIsRefused() {
        val ui = ByHand()
        val loop = ui.attachEventLoop()
        val log = mutableListOf<String>()
        val future = loop.createFuture<Int>()
        val both = listOf("first", "second")
        both.forEach { name -> future.addDoneCallback { log += "$name callback" } }
        ui.refuses = true
        elsewhere { both.forEach { name -> runCatching { loop.callSoonThreadsafe { log += "$name call" } } } }
        assertThrows(RejectedExecutionException::class.java) { future.setResult(7) }
        ui.refuses = false
        loop.callSoon { log += "last" }
        ui.handleEvents()
        assertEquals(listOf("first call", "second call", "first callback", "second callback", "last"), log)
        loop.close()
    }

    @Test
    fun aFailureThatNobodyRetrievesIsReportedThoughItsCallbacksWereRefused() {
        val ui = ByHand()
        val loop = ui.attachEventLoop()
        val reports = mutableListOf<String>()
        loop.setExceptionHandler { _, context -> reports += context.message() }
        val future = loop.createFuture<Int>()
        future.addDoneCallback { }
        ui.refuses = true
        assertThrows(RejectedExecutionException::class.java) { future.setException(IllegalStateException()) }
        loop.close()
        assertEquals(listOf("Future exception was never retrieved"), reports)
    }

    @Test
    fun whatIsFatalGetsOutOfAnIterationThoughTheNextOneIsRefused() {
        val ui = ByHand()
        val loop = ui.attachEventLoop()
        loop.callSoon {
            ui.refuses = true
            throw KeyboardInterrupt()
        }
        val thrown = assertThrows(KeyboardInterrupt::class.java, ui::handleEvents)
        assertInstanceOf(RejectedExecutionException::class.java, thrown.suppressed.single())
        loop.close()
    }

    @Test
    fun theThreadOfTheAlarmsEndsThoughCloseFails() {
        val events = ConcurrentLinkedQueue<Runnable>()
        val loop = Asyncio.attachEventLoop { events.add(it) }
        loop.createTask(suspending { withContext(NonCancellable) { delay(1.days) } })
        while (true) (events.poll() ?: break).run()
        val thread = Threads.named("asyncio-alarm").single()
        loop.setExceptionHandler { _, _ -> throw KeyboardInterrupt() }
        assertThrows(KeyboardInterrupt::class.java, loop::close)
        thread.join(TimeUnit.MINUTES.toMillis(2))
        assertFalse(thread.isAlive)
    }

    @Test
    fun channelsAreNotWatchedAtHome() {
        val service = Executors.newSingleThreadExecutor()
        val loop = service.call { Asyncio.attachEventLoop(service) }
        val pipe = Pipe.open()
        pipe.source().configureBlocking(false)
        val refusal = service.call {
            assertThrows(UnsupportedOperationException::class.java) { loop.addReader(pipe.source()) { } }
        }
        assertTrue("runCoroutineThreadsafe" in refusal.message!!, refusal.message)
        pipe.source().close()
        pipe.sink().close()
        service.call(loop::close)
        service.end()
    }

    @Test
    fun aDispatcherThatKnowsItsThreadRefusesOthers() {
        val error = assertThrows(IllegalStateException::class.java) { Dispatchers.Swing.attachEventLoop() }
        assertTrue("call it on the thread of" in error.message!!, error.message)
    }

    @Test
    fun anExecutorThatLeadsElsewhereIsToldToEverybody() {
        val loop = Asyncio.attachEventLoop(Executor(SwingUtilities::invokeLater))
        val ended = CompletableFuture<Throwable?>()
        loop.createTask(Coroutine { 7 }).toCompletableFuture().whenComplete { _, error -> ended.complete(error) }
        assertTrue(Ui.get(ended) is IllegalStateException)
        val error = AsyncioLog.expect("cannot go on").thrown
        assertTrue("attach it in code that runs on the thread of the UI" in error.message!!, error.message)
        assertThrows(WrongLoopThreadException::class.java) { loop.callSoon { } }
        loop.close()
    }
}
