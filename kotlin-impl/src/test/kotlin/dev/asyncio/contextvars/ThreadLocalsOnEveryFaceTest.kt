package dev.asyncio.contextvars

import dev.asyncio.AsyncIterators
import dev.asyncio.Asyncio
import dev.asyncio.Context
import dev.asyncio.TaskOptions
import dev.asyncio.ThreadLocals
import dev.asyncio.support.Face
import dev.asyncio.support.Trace
import dev.asyncio.support.s
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource
import java.util.concurrent.Callable

/** Thread-locals that are context variables, too: which code sees which value, whatever carries it. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Face#all")
class ThreadLocalsOnEveryFaceTest(private val face: Face) {
    private val trace = Trace()
    private val local: ThreadLocal<String> = ThreadLocal.withInitial { "own" }
    private val variable = ThreadLocals.asContextVar("variable", local)

    @Test
    fun everyStepOfATaskSeesItsOwnValue() = face.run {
        val tasks = (1..3).map { i ->
            createTask {
                variable.set("value $i")
                repeat(3) {
                    assertEquals("value $i", local.get())
                    yieldOnce()
                }
                local.get()
            }
        }
        val without = createTask {
            repeat(3) {
                assertEquals("own", local.get())
                yieldOnce()
            }
            local.get()
        }
        assertEquals(listOf("value 1", "value 2", "value 3"), tasks.map { await(it) })
        assertEquals("own", await(without))
        assertEquals("own", local.get())
    }

    @Test
    fun aTaskHasTheValueOfItsCreatorsVariable() = face.run {
        variable.set("creator's")
        val task = createTask {
            trace.add(local.get())
            variable.set("task's")
            yieldOnce()
            trace.add(local.get())
        }
        variable.set("set after creation")
        await(task)
        trace.add(local.get())
        trace.`is`("creator's", "task's", "set after creation")
    }

    @Test
    fun whatIsSetOnTheThreadLocalItselfLastsUntilTheCodeSuspends() = face.run {
        variable.set("variable's")
        local.set("changed directly")
        assertEquals("changed directly", local.get())
        yieldOnce()
        assertEquals("variable's", local.get())
        assertEquals("variable's", variable.get())
    }

    @Test
    fun anAwaitedCoroutineSharesTheValueOfItsCaller() = face.run {
        variable.set("from above")
        val body = coroutine {
            trace.add(local.get())
            variable.set("from below")
            yieldOnce()
            trace.add(local.get())
        }
        await(body)
        trace.add(local.get())
        trace.`is`("from above", "from below", "from below")
    }

    @Test
    fun callbacksHaveTheValueOfWhenTheyWereMade() = face.run {
        val future = createFuture<Int>()
        variable.set("before")
        loop.callSoon { trace.add("soon: ${local.get()}") }
        loop.callLater(1.s) { trace.add("later: ${local.get()}") }
        future.addDoneCallback { trace.add("done: ${local.get()}") }
        variable.set("after")
        future.setResult(1)
        sleep(2)
        trace.`is`("soon: before", "done: before", "later: before")
        assertEquals("after", local.get())
    }

    @Test
    fun anEagerTaskGivesItsCreatorTheValueBack() = face.run {
        variable.set("creator's")
        val task = createTask(TaskOptions.DEFAULT.withEagerStart(true)) {
            variable.set("task's")
            yieldOnce()
            trace.add(local.get())
        }
        trace.add(local.get())
        await(task)
        trace.`is`("creator's", "task's")
    }

    @Test
    fun workOnOtherThreadsHasItWhereTheContextGoes() = face.run {
        variable.set("loop's")
        assertEquals("loop's", await(Asyncio.toThread(Callable { local.get() })))
        assertEquals("own", await(loop.runInExecutor(null, Callable { local.get() })))
    }

    @Test
    fun aContextThatIsEnteredHasItsOwn() = face.run {
        variable.set("task's")
        val context = Context.copyContext()
        val inside = context.run(
            Callable {
                variable.set("inside")
                local.get()
            },
        )
        assertEquals("inside", inside)
        assertEquals("task's", local.get())
        assertEquals("inside", context.run(Callable { local.get() }))
    }

    @Test
    fun aResetBringsTheThreadsOwnValueBack() = face.run {
        val first = variable.set("first")
        val second = variable.set("second")
        variable.reset(second)
        assertEquals("first", local.get())
        yieldOnce()
        assertEquals("first", local.get())
        variable.reset(first)
        assertEquals("own", local.get())
        yieldOnce()
        assertEquals("own", local.get())
    }

    @Test
    fun severalAreCarriedSideBySide() = face.run {
        val otherLocal = ThreadLocal<String?>()
        val other = ThreadLocals.asContextVar("other", otherLocal)
        variable.set("one")
        val task = createTask {
            other.set("two")
            yieldOnce()
            local.get() + " " + otherLocal.get()
        }
        yieldOnce()
        assertEquals(null, otherLocal.get())
        assertEquals("one two", await(task))
        assertEquals("one null", local.get() + " " + otherLocal.get())
    }

    @Test
    fun aGeneratorHasTheValueOfItsConsumer() = face.run(usesJava = true) {
        val values = AsyncIterators.generate<String> { emitter ->
            repeat(2) {
                emitter.emit(local.get())
                Asyncio.await(Asyncio.sleep(1.s))
            }
            variable.set("generator's")
        }
        variable.set("first")
        val other = createTask { repeat(5) { sleep(1) }.also { assertEquals("first", local.get()) } }
        await(values.advance())
        assertEquals("first", values.current())
        assertEquals("first", local.get())
        variable.set("second")
        await(values.advance())
        assertEquals("second", values.current())
        assertEquals("second", local.get())
        assertEquals(false, await(values.advance()))
        assertEquals("generator's", local.get())
        await(other)
    }

    @Test
    fun theThreadThatCalledRunKeepsItsOwn() {
        local.set("caller's")
        face.run {
            variable.set("main's")
            yieldOnce()
            assertEquals("main's", local.get())
        }
        assertEquals("caller's", local.get())
    }

    @Test
    fun aValueThatWasSetBeforeRunIsMains() {
        val token = variable.set("outside")
        assertEquals("outside", local.get())
        try {
            face.run {
                assertEquals("outside", local.get())
                yieldOnce()
                assertEquals("outside", local.get())
                variable.set("inside")
            }
            assertEquals("outside", local.get())
        } finally {
            variable.reset(token)
        }
        assertEquals("own", local.get())
    }
}
