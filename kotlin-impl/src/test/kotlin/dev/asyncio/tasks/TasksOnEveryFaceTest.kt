package dev.asyncio.tasks

import dev.asyncio.Asyncio
import dev.asyncio.TaskOptions
import dev.asyncio.support.Face
import dev.asyncio.support.Oops
import dev.asyncio.support.Trace
import dev.asyncio.support.describe
import dev.asyncio.support.s
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource

/** What a task is: how it starts, how it steps, how it ends. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class TasksOnEveryFaceTest(private val face: Face) {
    private val trace = Trace()

    @Test
    fun aTaskStartsInTheNextIterationInOrderOfCreation() = face.run {
        val a = createTask { trace.add("a") }
        val b = createTask { trace.add("b") }
        loop.callSoon(trace.adding("callback"))
        trace.add("created")
        await(a)
        await(b)
        trace.`is`("created", "a", "b", "callback")
    }

    @Test
    fun awaitingACoroutineRunsItInTheCallersTaskAndCostsNoIteration() = face.run {
        loop.callSoon(trace.adding("next iteration"))
        val me = Asyncio.currentTask()
        val result = await(
            coroutine {
                trace.add("inline")
                assertSame(me, Asyncio.currentTask())
                7
            },
        )
        trace.add(result)
        yieldOnce()
        trace.`is`("inline", 7, "next iteration")
    }

    @Test
    fun aCoroutineIsRunAfreshByEachAwait() = face.run {
        var runs = 0
        val count = coroutine { ++runs }
        assertEquals(listOf(1, 2, 3), listOf(await(count), await(count), await(createTaskOf(count))))
    }

    @Test
    fun awaitingATaskThatReturnsAtOnceCostsTwoIterations() = face.run {
        loop.callSoon {
            trace.add("iteration 1")
            loop.callSoon {
                trace.add("iteration 2")
                loop.callSoon(trace.adding("iteration 3"))
            }
        }
        await(createTask { trace.add("step") })
        trace.add("awaited")
        yieldTimes(2)
        trace.`is`("iteration 1", "step", "iteration 2", "awaited", "iteration 3")
    }

    @Test
    fun tasksThatYieldTakeTurns() = face.run {
        val names = listOf("a", "b", "c")
        val tasks = names.map { name ->
            createTask {
                for (i in 1..3) {
                    trace.add("$name$i")
                    yieldOnce()
                }
            }
        }
        for (task in tasks) await(task)
        trace.`is`("a1", "b1", "c1", "a2", "b2", "c2", "a3", "b3", "c3")
    }

    @Test
    fun deepChainsOfAwaitedCoroutinesCostNoIterations() = face.run {
        loop.callSoon(trace.adding("next iteration"))
        var chain = coroutine { trace.add("bottom") }
        repeat(100) {
            val inner = chain
            chain = coroutine { await(inner) }
        }
        await(chain)
        trace.`is`("bottom")
    }

    @Test
    fun sleepOfNothingYieldsExactlyOnce() = face.run {
        loop.callSoon(trace.adding("callback"))
        await(Asyncio.sleep((-1).s))
        trace.add("awake")
        loop.callSoon(trace.adding("second"))
        await(Asyncio.sleep(0.s))
        trace.`is`("callback", "awake", "second")
    }

    @Test
    fun sleepGivesItsResult() = face.run {
        assertEquals("done", await(Asyncio.sleep(2.s, "done")))
        assertEquals("now", await(Asyncio.sleep(0.s, "now")))
        assertEquals(2, now)
    }

    @Test
    fun sleepersWakeByDeadlineAndThenByOrderOfCreation() = face.run {
        val tasks = listOf(3L, 1L, 2L, 1L).map { seconds ->
            createTask {
                sleep(seconds)
                trace.add("$seconds at $now")
            }
        }
        for (task in tasks) await(task)
        trace.`is`("1 at 1", "1 at 1", "2 at 2", "3 at 3")
    }

    @Test
    fun theResultOfTheBodyIsThatOfTheTask() = face.run {
        val task = createTask { "seven" }
        assertEquals("seven", await(task))
        assertTrue(task.done())
        assertFalse(task.cancelled())
        assertEquals("seven", task.result())
        assertNull(task.exception())
    }

    @Test
    fun aResultMayBeNull() = face.run {
        assertNull(await(createTask<String?> { null }))
    }

    @Test
    fun theExceptionOfTheBodyIsThatOfTheTaskAndTheVerySameObject() = face.run {
        val oops = Oops("failed")
        val task = createTask<Int> { throw oops }
        for (i in 1..2) {
            try {
                await(task)
                trace.add("no exception")
            } catch (e: Oops) {
                assertSame(oops, e)
                trace.add("caught")
            }
        }
        assertSame(oops, task.exception())
        assertSame(oops, assertThrows(Oops::class.java) { task.result() })
        trace.`is`("caught", "caught")
    }

    @Test
    fun anExceptionCrossesInlineAwaitsAsItIs() = face.run {
        val oops = Oops("from below")
        val inner = coroutine<Int> {
            yieldOnce()
            throw oops
        }
        val middle = coroutine {
            try {
                await(inner)
            } finally {
                yieldOnce()
                trace.add("finally")
            }
        }
        try {
            await(middle)
        } catch (e: Oops) {
            assertSame(oops, e)
            trace.add("caught")
        }
        trace.`is`("finally", "caught")
    }

    @Test
    fun severalWaitersOfATaskResumeInTheOrderInWhichTheyBeganToWait() = face.run {
        val task = createTask { sleep(1) }
        val waiters = listOf("first", "second", "third").map { name ->
            createTask {
                await(task)
                trace.add(name)
            }
        }
        for (waiter in waiters) await(waiter)
        trace.`is`("first", "second", "third")
    }

    @Test
    fun aTaskThatAwaitsItselfIsRefused() = face.run {
        lateinit var itself: dev.asyncio.Task<Unit>
        itself = createTask { await(itself) }
        val outcome = outcomeOf(itself)
        assertTrue(outcome.startsWith("IllegalStateException: Task cannot await on itself"), outcome)
    }

    @Test
    fun theCurrentTaskIsTheOneWhoseStepRuns() = face.run {
        val main = Asyncio.currentTask()
        loop.callSoon { assertNull(Asyncio.currentTask()) }
        val task = createTask("worker") {
            trace.add(Asyncio.currentTask()!!.name)
            yieldOnce()
            trace.add(Asyncio.currentTask()!!.name)
        }
        await(task)
        assertSame(main, Asyncio.currentTask())
        trace.`is`("worker", "worker")
    }

    @Test
    fun allTasksAreThoseThatAreNotDone() = face.run {
        val main = Asyncio.currentTask()!!
        val short = createTask { }
        val long = createTask { sleep(1) }
        assertEquals(setOf(main, short, long), Asyncio.allTasks())
        await(short)
        assertEquals(setOf(main, long), Asyncio.allTasks())
        await(long)
        assertEquals(setOf(main), Asyncio.allTasks())
    }

    @Test
    fun aTaskIsKeptAliveByItsLoopAlone() = face.run {
        createTask {
            sleep(1)
            trace.add("still there")
        }
        dev.asyncio.support.Gc.collect()
        sleep(2)
        trace.`is`("still there")
    }

    @Test
    fun anEagerTaskTakesItsFirstStepWithinTheCall() = face.run {
        val main = Asyncio.currentTask()
        val task = createTask(TaskOptions.DEFAULT.withEagerStart(true)) {
            trace.add("step 1")
            yieldOnce()
            trace.add("step 2")
        }
        assertSame(main, Asyncio.currentTask())
        trace.add("created")
        await(task)
        trace.`is`("step 1", "created", "step 2")
    }

    @Test
    fun anEagerTaskThatDoesNotSuspendIsDoneAtOnce() = face.run {
        val task = createTask(TaskOptions.DEFAULT.withEagerStart(true)) { 7 }
        assertEquals(7, task.result())
        assertFalse(task.cancel())
        assertNull(task.coroutine)
        loop.callSoon(trace.adding("callback"))
        await(task)
        trace.`is`()
    }

    @Test
    fun anExceptionOfTheEagerStepStaysInTheTask() = face.run {
        val task = createTask<Int>(TaskOptions.DEFAULT.withEagerStart(true)) { throw Oops("early") }
        assertTrue(task.done())
        assertEquals("Oops: early", describe(task.exception()!!))
    }

    @Test
    fun duringTheEagerStepTheNewTaskIsTheCurrentOne() = face.run {
        val main = Asyncio.currentTask()
        val task = createTask(TaskOptions.DEFAULT.withName("eager").withEagerStart(true)) {
            trace.add(Asyncio.currentTask()!!.name)
            assertTrue(Asyncio.currentTask() in Asyncio.allTasks())
            assertTrue(main in Asyncio.allTasks())
        }
        assertSame(main, Asyncio.currentTask())
        assertFalse(task in Asyncio.allTasks())
        trace.`is`("eager")
    }

    @Test
    fun eagerTasksNestAndTheCreatorGoesOnAfterTheInnermostSuspension() = face.run {
        val options = TaskOptions.DEFAULT.withEagerStart(true)
        val outer = createTask(options) {
            trace.add("outer 1")
            val inner = createTask(options) {
                trace.add("inner 1")
                yieldOnce()
                trace.add("inner 2")
            }
            trace.add("outer 2")
            await(inner)
            trace.add("outer 3")
        }
        trace.add("main")
        await(outer)
        trace.`is`("outer 1", "inner 1", "outer 2", "main", "inner 2", "outer 3")
    }

    @Test
    fun anEagerTaskIsStartedByACallback() = face.run {
        val task = createFuture<dev.asyncio.Task<Int>>()
        loop.callSoon {
            val started = createTask(TaskOptions.DEFAULT.withEagerStart(true)) {
                trace.add("step 1")
                yieldOnce()
                trace.add("step 2")
                7
            }
            trace.add("callback")
            task.setResult(started)
        }
        assertEquals(7, await(await(task)))
        trace.`is`("step 1", "callback", "step 2")
    }

    private fun <T> createTaskOf(coroutine: dev.asyncio.Coroutine<T>) = Asyncio.createTask(coroutine)
}
