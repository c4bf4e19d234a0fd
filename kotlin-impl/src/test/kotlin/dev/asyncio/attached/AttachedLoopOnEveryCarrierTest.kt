package dev.asyncio.attached

import dev.asyncio.AsyncIterators
import dev.asyncio.Asyncio
import dev.asyncio.Carrier
import dev.asyncio.ContextVar
import dev.asyncio.Coroutine
import dev.asyncio.EventLoop
import dev.asyncio.KeyboardInterrupt
import dev.asyncio.NoRunningLoopException
import dev.asyncio.TaskOptions
import dev.asyncio.ThreadLocals
import dev.asyncio.VoidCoroutine
import dev.asyncio.WrongLoopThreadException
import dev.asyncio.attached.Ui.handle
import dev.asyncio.attached.Ui.isUiThread
import dev.asyncio.attached.Ui.taskOf
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutineScope
import dev.asyncio.coroutines.createSubprocessExec
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.toThread
import dev.asyncio.subprocess.SubprocessOptions
import dev.asyncio.support.AsyncioLog
import dev.asyncio.support.Jdk
import dev.asyncio.support.Oops
import dev.asyncio.support.Programs
import dev.asyncio.support.Threads
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.swing.Swing
import kotlinx.coroutines.withContext
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.Arguments
import org.junit.jupiter.params.provider.MethodSource
import java.awt.EventQueue
import java.awt.SecondaryLoop
import java.awt.Toolkit
import java.time.Duration
import java.util.concurrent.Callable
import java.util.concurrent.CancellationException
import java.util.concurrent.CompletableFuture
import java.util.concurrent.Executor
import java.util.concurrent.TimeUnit
import javax.swing.SwingUtilities
import kotlin.time.Duration.Companion.milliseconds
import dev.asyncio.coroutines.coroutine as suspending

/** A loop on the thread of a UI. */
@ParameterizedClass
@MethodSource("all")
class AttachedLoopOnEveryCarrierTest(private val entry: Ui.Entry, private val carrier: Carrier) {
    private fun withLoop(test: (EventLoop) -> Unit) = Ui.withLoop(entry, carrier, test)

    // ---- where things run

    @Test
    fun processesRunBesideTheUi() = withLoop {
        Programs.assumeInstalled("cat")
        val heard = taskOf {
            createTask {
                val cat = createSubprocessExec("cat", options = SubprocessOptions.PIPES)
                cat.communicate("hello").await().stdoutText().also { assertTrue(isUiThread) }
            }
        }
        assertEquals("hello", heard)
    }

    @Test
    fun callbacksSuspendBodiesAndDoneCallbacksRunOnTheUiThread() = withLoop { loop ->
        val log = mutableListOf<String>()
        val elsewhere = taskOf {
            loop.callSoon { log += "soon $isUiThread" }
            loop.callLater(Duration.ofMillis(1)) { log += "later $isUiThread" }
            createTask {
                log += "body $isUiThread"
                sleep(2.milliseconds)
                log += "after sleep $isUiThread"
                delay(2)
                log += "after delay $isUiThread"
                toThread { isUiThread }
            }.also { it.addDoneCallback { log += "done $isUiThread" } }
        }
        assertFalse(elsewhere)
        val expected = listOf("soon", "body", "later", "after sleep", "after delay", "done").map { "$it true" }
        assertEquals(expected, handle { log.toList() })
    }

    @Test
    fun aJavaBodyTakesItsStepsWhileTheUiThreadWaits() = withLoop { loop ->
        val log = mutableListOf<String>()
        val body = Coroutine {
            log += "begins, on the loop: ${Asyncio.getRunningLoop() === loop}, UI thread: $isUiThread"
            Asyncio.await(Asyncio.sleep(Duration.ofMillis(2)))
            log += "goes on, on the loop: ${Asyncio.getRunningLoop() === loop}, UI thread: $isUiThread"
            Asyncio.await(coroutineOnUi(log))
            Asyncio.await(Asyncio.sleep(Duration.ZERO))
            "result"
        }
        assertEquals("result", taskOf { loop.createTask(body) })
        val expected = listOf(
            "begins, on the loop: true, UI thread: false",
            "goes on, on the loop: true, UI thread: false",
            "work for the UI: true",
        )
        assertEquals(expected, handle { log.toList() })
        val kind = carrier.name.lowercase()
        assertTrue("carrier=$kind" in loop.toString(), loop::toString)
    }

    /** How a Java body touches what only the UI's thread may. */
    private fun coroutineOnUi(log: MutableList<String>): Coroutine<Boolean> = Coroutine {
        val executor = Executor(SwingUtilities::invokeLater)
        Asyncio.await(
            Asyncio.getRunningLoop().runInExecutor(executor, Callable { log.add("work for the UI: $isUiThread") }),
        )
    }

    @Test
    fun bodiesOfBothLanguagesWaitForEachOther() = withLoop { loop ->
        val log = mutableListOf<String>()
        taskOf {
            val java = Coroutine {
                log += "Java $isUiThread"
                Asyncio.await(Asyncio.sleep(Duration.ofMillis(1)))
                val kotlin = suspending {
                    log += "Kotlin in Java $isUiThread"
                    Coroutine { log += "Java in Kotlin in Java $isUiThread" }.await()
                    log += "Kotlin in Java $isUiThread"
                    sleep(1.milliseconds)
                    "result"
                }
                log += "Java $isUiThread"
                Asyncio.await(kotlin)
            }
            createTask {
                log += "Kotlin $isUiThread"
                val result = java.await()
                log += "Kotlin $isUiThread, $result"
                val atOnce = Coroutine { "at once, Java $isUiThread" }.await()
                log += "Kotlin $isUiThread, $atOnce"
                val failure = runCatching { Coroutine<Int> { throw Oops("thrown by Java") }.await() }
                log += "Kotlin $isUiThread, ${failure.exceptionOrNull()?.message}"
            }
        }
        val expected = listOf(
            "Kotlin true",
            "Java false",
            "Java false",
            "Kotlin in Java true",
            "Java in Kotlin in Java false",
            "Kotlin in Java true",
            "Kotlin true, result",
            "Kotlin true, at once, Java false",
            "Kotlin true, thrown by Java",
        )
        assertEquals(expected, handle { log.toList() })
    }

    @Test
    fun aJavaBodyGetsWhatKotlinCodeThrowsOrReturnsAtOnce() = withLoop { loop ->
        val seen = taskOf {
            loop.createTask(
                Coroutine {
                    val atOnce = Asyncio.await(suspending { "at once on the UI thread: $isUiThread" })
                    val failing = suspending<Int> { throw Oops("thrown by Kotlin") }
                    val failure = assertThrows(Oops::class.java) { Asyncio.await(failing) }
                    val inside = Asyncio.await(Asyncio.timeout(Duration.ofDays(1), suspending { isUiThread }))
                    listOf(atOnce, failure.message, inside)
                },
            )
        }
        assertEquals(listOf("at once on the UI thread: true", "thrown by Kotlin", true), seen)
    }

    @Test
    fun aKotlinConsumerOfAJavaGeneratorStaysOnTheUiThread() = withLoop {
        val log = mutableListOf<String>()
        taskOf {
            val numbers = AsyncIterators.generate<Int> { emitter ->
                repeat(2) { n ->
                    Asyncio.await(Asyncio.sleep(Duration.ofMillis(n.toLong())))
                    log += "emits $n $isUiThread"
                    emitter.emit(n)
                }
            }
            createTask {
                while (numbers.advance().await()) log += "consumes ${numbers.current()} $isUiThread"
            }
        }
        val expected = listOf("emits 0 false", "consumes 0 true", "emits 1 false", "consumes 1 true")
        assertEquals(expected, handle { log.toList() })
    }

    @Test
    fun theUisOwnDispatcherMayBeUsedInABody() = withLoop {
        val variable = ContextVar("variable", "unset")
        val seen = taskOf {
            createTask {
                variable.set("task's")
                val inside = withContext(Dispatchers.Swing) {
                    sleep(1.milliseconds)
                    val child = createTask { sleep(1.milliseconds, variable.get()) }
                    "$isUiThread ${child.await()}"
                }
                launch(Dispatchers.Swing) { delay(1) }.join()
                inside
            }
        }
        assertEquals("true task's", seen)
    }

    @Test
    fun theLoopIsTheRunningOneInHandlersOfEvents() = withLoop { loop ->
        handle {
            assertSame(loop, Asyncio.getRunningLoop())
            assertSame(loop, Asyncio.getEventLoop())
            assertTrue(loop.isRunning)
            assertEquals(null, Asyncio.currentTask())
        }
        assertThrows(NoRunningLoopException::class.java) { Asyncio.getRunningLoop() }
    }

    @Test
    fun eagerTasksTakeTheirFirstStepInsideTheHandler() = withLoop { loop ->
        val log = mutableListOf<String>()
        val eager = TaskOptions.DEFAULT.withEagerStart(true)
        taskOf {
            val java = loop.createTask(
                VoidCoroutine {
                    log += "Java begins"
                    Asyncio.await(Asyncio.sleep(Duration.ZERO))
                    log += "Java ends"
                },
                eager,
            )
            log += "handler"
            java
        }
        assertEquals(listOf("Java begins", "handler", "Java ends"), handle { log.toList() })
    }

    @Test
    fun contextVariablesAndCarriedThreadLocalsStayWithTheirTasks() = withLoop { loop ->
        val local = ThreadLocal.withInitial { "UI's" }
        val carried = ThreadLocals.asContextVar("carried", local)
        val variable = ContextVar("variable", "unset")
        val tasks = handle {
            List(4) { n ->
                val suspending = suspending {
                    variable.set("$n")
                    carried.set("$n")
                    repeat(3) { sleep(1.milliseconds) }
                    variable.get() to local.get()
                }
                val java = Coroutine {
                    variable.set("$n")
                    carried.set("$n")
                    repeat(3) { Asyncio.await(Asyncio.sleep(Duration.ofMillis(1))) }
                    variable.get() to local.get()
                }
                loop.createTask(if (n % 2 == 0) suspending else java).toCompletableFuture()
            }
        }
        tasks.forEachIndexed { n, task -> assertEquals("$n" to "$n", Ui.get(task)) }
        handle { assertEquals("unset" to "UI's", variable.get() to local.get()) }
    }

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

    companion object {
        @JvmStatic
        fun all(): List<Arguments> =
            Ui.Entry.values().flatMap { entry -> Jdk.carriers().map { Arguments.of(entry, it) } }
    }
}
