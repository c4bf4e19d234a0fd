package dev.asyncio.contextvars

import dev.asyncio.Asyncio
import dev.asyncio.Context
import dev.asyncio.ContextVar
import dev.asyncio.ExceptionContext
import dev.asyncio.TaskGroup
import dev.asyncio.TaskOptions
import dev.asyncio.VoidCallable
import dev.asyncio.support.Face
import dev.asyncio.support.Trace
import dev.asyncio.support.s
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource
import java.util.concurrent.Callable

/** Which code sees which value of a context variable. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class ContextsOnEveryFaceTest(private val face: Face) {
    private val trace = Trace()
    private val variable = ContextVar("variable", "default")

    @Test
    fun aTaskSeesWhatItsCreatorHadSetAndKeepsItsOwnChanges() = face.run {
        variable.set("creator's")
        val task = createTask {
            trace.add(variable.get())
            variable.set("task's")
            yieldOnce()
            trace.add(variable.get())
        }
        variable.set("set after creation")
        await(task)
        trace.add(variable.get())
        trace.`is`("creator's", "task's", "set after creation")
    }

    @Test
    fun anAwaitedCoroutineSharesTheContextOfItsCaller() = face.run {
        await(coroutine { variable.set("from below").also { yieldOnce() } })
        assertEquals("from below", variable.get())
    }

    @Test
    fun waitForRunsItsCoroutineInTheCallersContext() = face.run {
        await(Asyncio.waitFor(coroutine { variable.set("from within") }, 1.s))
        assertEquals("from within", variable.get())
    }

    @Test
    fun theBlocksOfTimeoutAndGroupShareTheCallersContext() = face.run {
        await(Asyncio.timeout(1.s, coroutine { variable.set("timeout") }))
        assertEquals("timeout", variable.get())
        val group = TaskGroup()
        await(group.enter(coroutine { variable.set("group") }))
        assertEquals("group", variable.get())
    }

    @Test
    fun tasksThatAlternateKeepTheirValuesApart() = face.run {
        val tasks = (1..3).map { i ->
            createTask {
                variable.set("value $i")
                repeat(3) {
                    yieldOnce()
                    assertEquals("value $i", variable.get())
                }
            }
        }
        for (task in tasks) await(task)
        assertEquals("default", variable.get())
    }

    @Test
    fun aCallbackRunsInACopyTakenWhenItWasScheduled() = face.run {
        variable.set("before")
        loop.callSoon {
            trace.add("soon ${variable.get()}")
            variable.set("callback's own")
        }
        loop.callLater(1.s) { trace.add("later ${variable.get()}") }
        loop.callSoonThreadsafe { trace.add("threadsafe ${variable.get()}") }
        variable.set("after")
        sleep(2)
        assertEquals("after", variable.get())
        trace.`is`("soon before", "threadsafe before", "later before")
    }

    @Test
    fun aDoneCallbackRunsInACopyTakenWhenItWasAdded() = face.run {
        val future = createFuture<Int>()
        variable.set("before")
        future.addDoneCallback { trace.add(variable.get()) }
        variable.set("after")
        future.setResult(1)
        yieldOnce()
        trace.`is`("before")
    }

    @Test
    fun aContextThatIsGivenIsUsedAsItIs() = face.run {
        val context = Context.copyContext()
        val options = TaskOptions.DEFAULT.withContext(context)
        await(createTask(options) { variable.set("first task's") })
        await(createTask(options) { trace.add(variable.get()) })
        loop.callSoon({ trace.add("callback ${variable.get()}") }, context)
        yieldOnce()
        assertEquals("default", variable.get())
        assertEquals("first task's", context.get(variable))
        trace.`is`("first task's", "callback first task's")
    }

    @Test
    fun getContextIsTheContextItselfAndShowsLaterChanges() = face.run {
        val task = createTask {
            variable.set("early")
            yieldOnce()
            variable.set("late")
        }
        val context = task.context
        assertSame(context, task.context)
        assertFalse(context.contains(variable))
        yieldOnce()
        assertEquals("early", context.get(variable))
        await(task)
        assertEquals("late", context.get(variable))
    }

    @Test
    fun aTaskSeesItsOwnContextThroughGetContext() = face.run {
        val task = createTask {
            val mine = Asyncio.currentTask()!!.context
            variable.set("set after asking")
            assertEquals("set after asking", mine.get(variable))
            yieldOnce()
            variable.set("set in a later step")
            assertEquals("set in a later step", mine.get(variable))
        }
        await(task)
    }

    @Test
    fun aTaskThatAsksForItsContextInsideOfAnotherKeepsWhatItSetsAfterwards() = face.run {
        val task = createTask {
            Context.copyContext().run(Callable { Asyncio.currentTask()!!.context })
            variable.set("set afterwards")
            assertEquals("set afterwards", Asyncio.currentTask()!!.context.get(variable))
            yieldOnce()
            variable.get()
        }
        assertEquals("set afterwards", await(task))
    }

    @Test
    fun aTaskThatIsAskedForItsContextByAReportKeepsWhatItSetsAfterwards() = face.run {
        loop.setExceptionHandler { _, report -> report.task()!!.context }
        val task = createTask {
            val me = Asyncio.currentTask()!!
            loop.callExceptionHandler(ExceptionContext.builder("a report").task(me).build())
            variable.set("set afterwards")
            yieldOnce()
            variable.get()
        }
        assertEquals("set afterwards", await(task))
    }

    @Test
    fun aTasksContextIsEnteredDuringItsStepsEvenWhenItIsAskedForInsideOfAnother() = face.run {
        val task = createTask {
            val mine = Context.copyContext().run(Callable { Asyncio.currentTask()!!.context })
            assertThrows(IllegalStateException::class.java) { mine.run(VoidCallable { trace.add("entered twice") }) }
            yieldOnce()
        }
        yieldOnce()
        task.context.run(VoidCallable { trace.add("entered between its steps") })
        await(task)
        trace.`is`("entered between its steps")
    }

    @Test
    fun aTokenBringsTheFormerValueBack() = face.run {
        variable.set("outer")
        val token = variable.set("inner")
        yieldOnce()
        assertSame(variable, token.`var`())
        assertTrue(token.hasOldValue())
        assertEquals("outer", token.oldValue())
        variable.reset(token)
        assertEquals("outer", variable.get())
    }

    @Test
    fun theEagerStepRunsInTheTasksOwnContext() = face.run {
        val task = createTask(TaskOptions.DEFAULT.withEagerStart(true)) {
            variable.set("eager")
            yieldOnce()
            variable.get()
        }
        assertEquals("default", variable.get())
        assertEquals("eager", await(task))
    }

    @Test
    fun manyVariablesKeepTheirValues() = face.run {
        val variables = List(500) { ContextVar<Int>("v$it") }
        variables.forEachIndexed { i, it -> it.set(i) }
        val copy = Context.copyContext()
        for (v in variables) v.set(-1)
        val tokens = variables.map { it.set(-2) }
        variables.forEachIndexed { i, it -> it.reset(tokens[i]) }
        assertEquals(List(500) { -1 }, variables.map { it.get() })
        assertEquals(List(500) { it }, variables.map { copy.get(it) })
        assertEquals(variables.toSet(), copy.variables() - variable)
    }
}
