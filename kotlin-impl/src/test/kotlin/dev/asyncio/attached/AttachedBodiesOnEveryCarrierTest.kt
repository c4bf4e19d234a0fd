package dev.asyncio.attached

import dev.asyncio.AsyncIterators
import dev.asyncio.Asyncio
import dev.asyncio.Carrier
import dev.asyncio.ContextVar
import dev.asyncio.Coroutine
import dev.asyncio.EventLoop
import dev.asyncio.NoRunningLoopException
import dev.asyncio.TaskOptions
import dev.asyncio.ThreadLocals
import dev.asyncio.VoidCoroutine
import dev.asyncio.attached.Ui.handle
import dev.asyncio.attached.Ui.isUiThread
import dev.asyncio.attached.Ui.taskOf
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createSubprocessExec
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.toThread
import dev.asyncio.subprocess.SubprocessOptions
import dev.asyncio.support.Oops
import dev.asyncio.support.Programs
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.swing.Swing
import kotlinx.coroutines.withContext
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource
import java.time.Duration
import java.util.concurrent.Callable
import java.util.concurrent.Executor
import javax.swing.SwingUtilities
import kotlin.time.Duration.Companion.milliseconds
import dev.asyncio.coroutines.coroutine as suspending

/** Where callbacks and bodies run whose loop is on the thread of a UI, and what they see there. */
@ParameterizedClass
@MethodSource("dev.asyncio.attached.Ui#entriesOnCarriers")
class AttachedBodiesOnEveryCarrierTest(private val entry: Ui.Entry, private val carrier: Carrier) {
    private fun withLoop(test: (EventLoop) -> Unit) = Ui.withLoop(entry, carrier, test)

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
}
