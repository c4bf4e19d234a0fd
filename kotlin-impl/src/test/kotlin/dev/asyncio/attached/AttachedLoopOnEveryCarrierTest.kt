package dev.asyncio.attached

import dev.asyncio.Asyncio
import dev.asyncio.Carrier
import dev.asyncio.Coroutine
import dev.asyncio.EventLoop
import dev.asyncio.KeyboardInterrupt
import dev.asyncio.NoRunningLoopException
import dev.asyncio.VoidCoroutine
import dev.asyncio.WrongLoopThreadException
import dev.asyncio.attached.Ui.handle
import dev.asyncio.attached.Ui.isUiThread
import dev.asyncio.attached.Ui.taskOf
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutineScope
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import dev.asyncio.support.AsyncioLog
import dev.asyncio.support.Threads
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource
import java.awt.EventQueue
import java.awt.SecondaryLoop
import java.awt.Toolkit
import java.time.Duration
import java.util.concurrent.CancellationException
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit
import javax.swing.SwingUtilities
import kotlin.time.Duration.Companion.milliseconds

/** A loop on the thread of a UI: its order, other threads, failures and the end. */
@ParameterizedClass
@MethodSource("dev.asyncio.attached.Ui#entriesOnCarriers")
class AttachedLoopOnEveryCarrierTest(private val entry: Ui.Entry, private val carrier: Carrier) {
    private fun withLoop(test: (EventLoop) -> Unit) = Ui.withLoop(entry, carrier, test)

    // ---- order, and events between

    @Test
    fun handlesKeepAsynciosOrder() = withLoop { loop ->
        val log = mutableListOf<String>()
        taskOf {
            loop.callSoon { log += "1" }
            createTask {
                log += "2"
                sleep(0.milliseconds)
                log += "4"
            }
            loop.createTask(
                VoidCoroutine {
                    log += "3"
                    Asyncio.await(Asyncio.sleep(Duration.ZERO))
                    log += "5"
                },
            )
        }
        assertEquals(listOf("1", "2", "3", "4", "5"), handle { log.toList() })
    }

    @Test
    fun eventsOfTheUiComeBetweenIterations() = withLoop { loop ->
        val log = mutableListOf<String>()
        taskOf {
            createTask {
                SwingUtilities.invokeLater { log += "event" }
                repeat(3) {
                    log += "iteration"
                    sleep(0.milliseconds)
                }
            }
        }
        assertEquals(listOf("iteration", "event", "iteration", "iteration"), handle { log.toList() })
        assertFalse(loop.isClosed)
    }

    @Test
    fun theUiAnswersWhileBodiesWait() = withLoop { loop ->
        val waiting = handle {
            listOf(
                loop.createTask(VoidCoroutine { Asyncio.await(loop.createFuture<Int>()) }),
                createTask { loop.createFuture<Int>().await() },
            ).map { it.toCompletableFuture() }
        }
        assertEquals("answer", handle { "answer" })
        handle { Asyncio.allTasks().forEach { it.cancel() } }
        for (task in waiting) assertThrows(CancellationException::class.java) { Ui.get(task) }
    }

    @Test
    fun aCallbackThatShowsADialogHoldsTheLoopUpAndNotTheUi() = withLoop { loop ->
        val log = mutableListOf<String>()
        taskOf {
            createTask {
                val dialog: SecondaryLoop = Toolkit.getDefaultToolkit().systemEventQueue.createSecondaryLoop()
                loop.callSoon { log += "held up" }
                EventQueue.invokeLater {
                    loop.callSoon { log += "held up, too" }
                    EventQueue.invokeLater {
                        log += "dialog is answered"
                        dialog.exit()
                    }
                }
                dialog.enter()
                log += "body goes on"
                sleep(1.milliseconds)
            }
        }
        val expected = listOf("dialog is answered", "body goes on", "held up", "held up, too")
        assertEquals(expected, handle { log.toList() })
    }

    @Test
    fun timersRunInTheirOrder() = withLoop { loop ->
        val log = mutableListOf<Int>()
        val done = CompletableFuture<Unit>()
        handle {
            for (n in listOf(30, 10, 20)) loop.callLater(Duration.ofMillis(n.toLong())) { log += n }
            loop.callLater(Duration.ofDays(100)) { log += -1 }
            loop.callLater(Duration.ofMillis(5)) { log += 5 }.cancel()
            loop.callLater(Duration.ofMillis(31)) { done.complete(Unit) }
        }
        Ui.get(done)
        assertEquals(listOf(10, 20, 30), handle { log.toList() })
    }

    // ---- other threads

    @Test
    fun otherThreadsComeInThroughTheThreadSafeEntries() = withLoop { loop ->
        val soon = CompletableFuture<Boolean>()
        loop.callSoonThreadsafe { soon.complete(isUiThread) }
        assertTrue(Ui.get(soon))
        assertEquals(7, Ui.get(Asyncio.runCoroutineThreadsafe(Coroutine { 7 }, loop)))
        assertTrue(runBlocking { loop.coroutineScope.async { isUiThread }.await() })
    }

    @Test
    fun whoWaitsOnTheWrongSideGetsAnErrorAndDoesNotHang() = withLoop { loop ->
        handle {
            val never = loop.createFuture<Int>()
            val await = assertThrows(IllegalStateException::class.java) { Asyncio.await(never) }
            assertTrue("pass it to createTask" in await.message!!, await.message)
            val blocking = assertThrows(IllegalStateException::class.java) { never.toCompletableFuture().get() }
            assertTrue("await it instead" in blocking.message!!, blocking.message)
            val body = Asyncio.runCoroutineThreadsafe(Coroutine { 7 }, loop)
            assertThrows(IllegalStateException::class.java) { body.get(1, TimeUnit.DAYS) }
            assertThrows(IllegalStateException::class.java) { Asyncio.run(VoidCoroutine { }) }
            assertThrows(IllegalStateException::class.java) { asyncio { } }
            Asyncio.newEventLoop().use { other ->
                assertThrows(IllegalStateException::class.java) { other.runForever() }
            }
            assertThrows(IllegalStateException::class.java) { entry.attach(carrier) }
        }
    }

    @Test
    fun runningAndStoppingAreRefusedWithAWordOnWhatToDo() = withLoop { loop ->
        handle {
            val future = loop.createFuture<Int>()
            for (call in listOf<() -> Any?>(loop::runForever, { loop.runUntilComplete(future) }, loop::stop)) {
                val error = assertThrows(IllegalStateException::class.java) { call() }
                assertTrue("create tasks on it instead" in error.message!!, error.message)
            }
        }
        assertThrows(IllegalStateException::class.java) { loop.runForever() }
        val closing = assertThrows(WrongLoopThreadException::class.java) { loop.close() }
        assertTrue("only be closed on its thread" in closing.message!!, closing.message)
        val inside = CompletableFuture<Throwable>()
        handle {
            loop.callSoon { inside.complete(assertThrows(IllegalStateException::class.java) { loop.close() }) }
        }
        assertTrue("Cannot close a running event loop" in Ui.get(inside).message!!)
    }

    // ---- failures

    @Test
    fun whatCallbacksThrowGoesToTheExceptionHandlerAndTheLoopGoesOn() = withLoop { loop ->
        val reports = mutableListOf<String?>()
        taskOf {
            loop.setExceptionHandler { _, report -> reports += report.exception()?.message }
            loop.callSoon { throw IllegalStateException("thrown by a callback") }
            createTask { sleep(1.milliseconds) }
        }
        assertEquals(listOf("thrown by a callback"), handle { reports.toList() })
    }

    @Test
    fun whatIsFatalReachesTheUiAndTheLoopGoesOn() = withLoop { loop ->
        val seen = CompletableFuture<Throwable>()
        handle { Thread.currentThread().setUncaughtExceptionHandler { _, error -> seen.complete(error) } }
        val log = handle {
            loop.callSoon { throw KeyboardInterrupt() }
            mutableListOf<String>().also { log -> loop.callSoon { log += "next" } }
        }
        assertTrue(Ui.get(seen) is KeyboardInterrupt)
        taskOf { loop.createTask(VoidCoroutine { Asyncio.await(Asyncio.sleep(Duration.ofMillis(1))) }) }
        assertEquals(listOf("next"), handle { log.toList() })
        handle { Thread.currentThread().setUncaughtExceptionHandler(null) }
    }

    // ---- the end

    @Test
    fun closingCancelsWhatIsLeftAndLetsItEnd() = Ui.keepingTheThread {
        val log = mutableListOf<String>()
        val loop = handle { entry.attach(carrier) }
        val left = handle {
            val kotlin = createTask {
                try {
                    awaitCancellation()
                } finally {
                    sleep(0.milliseconds)
                    log += "Kotlin ends"
                }
            }
            val java = loop.createTask(
                VoidCoroutine {
                    try {
                        Asyncio.await(loop.createFuture<Int>())
                    } finally {
                        Asyncio.await(Asyncio.sleep(Duration.ZERO))
                        Asyncio.await(Asyncio.sleep(Duration.ZERO))
                        log += "Java ends"
                    }
                },
            )
            listOf(kotlin, java).map { it.toCompletableFuture() }
        }
        val waiting = loop.coroutineScope.async { delay(1_000_000) }
        handle { } // they all have begun by now
        handle { }
        handle(loop::close)
        assertEquals(listOf("Kotlin ends", "Java ends"), handle { log.toList() })
        for (task in left) assertThrows(CancellationException::class.java) { Ui.get(task) }
        assertThrows(CancellationException::class.java) { runBlocking { waiting.await() } }
        handle {
            assertTrue(loop.isClosed)
            assertFalse(loop.isRunning)
            assertThrows(NoRunningLoopException::class.java) { Asyncio.getRunningLoop() }
            assertThrows(IllegalStateException::class.java) { loop.callSoon { } }
            loop.close()
        }
        assertEquals(emptyList<Thread>(), Threads.named("asyncio-body"))
    }

    @Test
    fun closingDoesNotWaitForWhatWillNotEnd() = Ui.keepingTheThread {
        val loop = handle { entry.attach(carrier) }
        val stubborn = handle {
            val swallows = createTask {
                while (true) {
                    try {
                        sleep(0.milliseconds)
                    } catch (_: CancellationException) {
                        continue
                    }
                }
            }
            val waits = loop.createTask(
                VoidCoroutine {
                    try {
                        Asyncio.await(loop.createFuture<Int>())
                    } finally {
                        Asyncio.await(Asyncio.sleep(Duration.ofDays(1)))
                    }
                },
            )
            listOf<CompletableFuture<*>>(swallows.toCompletableFuture(), waits.toCompletableFuture())
        }
        handle { }
        handle(loop::close)
        for (task in stubborn) assertThrows(IllegalStateException::class.java) { Ui.get(task) }
        repeat(2) { AsyncioLog.expect("Task was destroyed but it is pending!") }
    }

    @Test
    fun afterAClosedLoopAnotherCanBeAttached() = Ui.keepingTheThread {
        repeat(3) {
            val loop = handle { entry.attach(carrier) }
            assertEquals(it, taskOf { loop.createTask(Coroutine { it }) })
            handle(loop::close)
        }
    }
}
