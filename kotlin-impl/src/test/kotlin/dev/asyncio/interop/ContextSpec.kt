package dev.asyncio.interop

import dev.asyncio.ContextVar
import dev.asyncio.ThreadLocals
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.coroutineScope
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asContextElement
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlin.time.Duration.Companion.milliseconds

class ContextSpec : FunSpec({
    val variable = ContextVar("variable", "unset")

    test("a variable is kept over suspensions of both kinds, and apart between tasks") {
        program {
            val tasks = List(2) { n ->
                createTask {
                    variable.set("$n")
                    delay(5)
                    createTask { delay(5) }.await()
                    variable.get()
                }
            }
            tasks.map { it.await() } shouldBe listOf("0", "1")
            variable.get() shouldBe "unset"
        }
    }

    test("a child sees the value of its start and keeps its own changes to itself") {
        program {
            variable.set("parent")
            val child = async {
                val seen = variable.get()
                variable.set("child")
                delay(5)
                seen to variable.get()
            }
            variable.set("later")
            child.await() shouldBe ("parent" to "child")
            variable.get() shouldBe "later"
        }
    }

    test("a child on another thread sees it, too") {
        program {
            variable.set("parent")
            async(Dispatchers.IO) { variable.get().also { variable.set("child") } }.await() shouldBe "parent"
            variable.get() shouldBe "parent"
        }
    }

    test("withContext is the body's own code: its changes stay") {
        program {
            withContext(Dispatchers.IO) {
                variable.get() shouldBe "unset"
                variable.set("set on another thread")
            }
            variable.get() shouldBe "set on another thread"
            withContext(CoroutineName("inner")) { variable.set("set inside") }
            coroutineScope { variable.get() shouldBe "set inside" }
            variable.get() shouldBe "set inside"
        }
    }

    test("a flow that is produced elsewhere sees it") {
        program {
            variable.set("parent")
            flow { emit(variable.get()) }.flowOn(Dispatchers.IO).toList() shouldBe listOf("parent")
        }
    }

    test("a coroutine of the loop's scope has a copy of what it was launched with, and lets nothing of it out") {
        variable.set("outside")
        asyncio {
            // virtual time does not wait for coroutines elsewhere that belong to no task
            variable.set("launching")
            val seen = loop.coroutineScope.async {
                val seen = variable.get()
                variable.set("changed")
                delay(1)
                val inner = async { variable.get().also { variable.set("inner") } }.await()
                val elsewhere = withContext(Dispatchers.IO) { variable.get() }
                listOf(seen, inner, elsewhere, coroutine { variable.get() }.await(), variable.get())
            }
            variable.set("later")
            seen.await() shouldBe listOf("launching", "changed", "changed", "changed", "changed")
            loop.coroutineScope.async { variable.get() }.await() shouldBe "later"
            loop.coroutineScope.async(Dispatchers.IO) { variable.get() }.await() shouldBe "later"
            variable.get() shouldBe "later"
        }
        variable.get() shouldBe "outside"
    }

    test("nothing of it is left on threads that other code uses") {
        program {
            variable.set("parent")
            withContext(Dispatchers.IO) {
                variable.get() shouldBe "parent"
                // The inside of a plain thread pool, with no context of a task.
            }
            kotlinx.coroutines.runBlocking(Dispatchers.IO) { List(8) { async { variable.get() } }.map { it.await() } }
                .distinct() shouldBe listOf("unset")
        }
    }

    test("a ThreadLocal given as a context element is there in children") {
        val local = ThreadLocal.withInitial { "unset" }
        program {
            launch(local.asContextElement("child")) {
                local.get() shouldBe "child"
                delay(5)
                local.get() shouldBe "child"
            }
            delay(1)
            local.get() shouldBe "unset"
            withContext(local.asContextElement("inner") + Dispatchers.IO) { local.get() shouldBe "inner" }
            delay(10)
            local.get() shouldBe "unset"
        }
    }

    test("a ThreadLocal given as a context element is there in the body's own code, over suspensions of both kinds") {
        val local = ThreadLocal.withInitial { "unset" }
        program {
            val other = createTask {
                repeat(20) {
                    sleep(1.milliseconds)
                    local.get() shouldBe "unset"
                }
            }
            withContext(local.asContextElement("inner")) {
                repeat(2) {
                    local.get() shouldBe "inner"
                    delay(2)
                    local.get() shouldBe "inner"
                    sleep(2.milliseconds)
                    createTask { sleep(2.milliseconds) }.await()
                }
                local.get() shouldBe "inner"
            }
            local.get() shouldBe "unset"
            other.await()
        }
    }

    test("a thread-local that is a context variable is carried into children, on any thread") {
        val local = ThreadLocal.withInitial { "own" }
        val carried = ThreadLocals.asContextVar("carried", local)
        program {
            carried.set("parent")
            val child = async {
                delay(1)
                val seen = local.get()
                carried.set("child")
                delay(1)
                seen to local.get()
            }
            val elsewhere = async(Dispatchers.IO) {
                val seen = local.get()
                carried.set("child")
                delay(1)
                seen to local.get()
            }
            child.await() shouldBe ("parent" to "child")
            elsewhere.await() shouldBe ("parent" to "child")
            local.get() shouldBe "parent"
            withContext(Dispatchers.IO) {
                local.get() shouldBe "parent"
                carried.set("set on another thread")
            }
            delay(1) // if the other thread was quick, the body has not been suspended yet
            local.get() shouldBe "set on another thread"
        }
        local.get() shouldBe "own"
        kotlinx.coroutines.runBlocking(Dispatchers.IO) { List(8) { async { local.get() } }.map { it.await() } }
            .distinct() shouldBe listOf("own")
    }
})
