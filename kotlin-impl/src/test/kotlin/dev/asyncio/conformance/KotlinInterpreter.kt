package dev.asyncio.conformance

import dev.asyncio.Asyncio
import dev.asyncio.Awaitable
import dev.asyncio.CancelledError
import dev.asyncio.Coroutine
import dev.asyncio.Future
import dev.asyncio.ReturnWhen
import dev.asyncio.Task
import dev.asyncio.TaskGroup
import dev.asyncio.TaskOptions
import dev.asyncio.Timeout
import dev.asyncio.coroutines.TaskGroupScope
import dev.asyncio.coroutines.asCompleted
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.awaitAcquire
import dev.asyncio.coroutines.awaitGet
import dev.asyncio.coroutines.awaitPut
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.gatherOutcomes
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.taskGroup
import dev.asyncio.coroutines.timeout
import dev.asyncio.coroutines.timeoutAt
import dev.asyncio.coroutines.wait
import dev.asyncio.coroutines.waitFor
import dev.asyncio.coroutines.withLock
import dev.asyncio.coroutines.withPermit
import dev.asyncio.queues.Queue
import dev.asyncio.sync.Barrier
import dev.asyncio.sync.Condition
import dev.asyncio.sync.Lock
import dev.asyncio.sync.Semaphore
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.flow.firstOrNull
import java.util.IdentityHashMap
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.toKotlinDuration

/** Runs bodies as `suspend` functions; where the Kotlin face has a function of its own for a call, by that one. */
internal class KotlinInterpreter(
    execution: Execution,
) : Interpreter(execution) {
    private val scopes = IdentityHashMap<TaskGroup, TaskGroupScope>()

    override fun coroutine(statements: List<Node>): Coroutine<Any?> = coroutine {
        Returned.valueOf(run(statements, null))
    }

    override fun newCancellation(message: String?): Throwable = CancellationException(message)

    // A Kotlin body may raise either kind.
    override fun asRaisedHere(error: Throwable): Throwable = error

    override fun createTask(
        expression: Node,
        group: TaskGroup?,
        options: TaskOptions,
    ): Task<Any?> {
        val loop = execution().loop()
        val scope = scopes[group]
        if (options.context() == null && (group == null || scope != null) && expression.has("coro")) {
            val face = execution().dealer().taskFace()
            val statements = expression.nodes("coro")
            if (face === this) {
                return scope?.createTask(options.name()) { Returned.valueOf(run(statements, null)) }
                    ?: createTask(options.name(), loop) { Returned.valueOf(run(statements, null)) }
            }
            return createTask(face.coroutine(statements), group, options)
        }
        return createTask(awaitable(expression) as Coroutine<Any?>, group, options)
    }

    private fun createTask(
        body: Coroutine<Any?>,
        group: TaskGroup?,
        options: TaskOptions,
    ): Task<Any?> = group?.createTask(body, options) ?: execution().loop().createTask(body, options)

    @Suppress("UNCHECKED_CAST")
    override fun awaitable(expression: Node): Awaitable<Any?> =
        when {
            expression.has("var") -> variables().get(expression.text("var"), Awaitable::class.java) as Awaitable<Any?>
            expression.has("coro") -> execution().dealer().taskFace().coroutine(expression.nodes("coro"))
            expression.has("sleep") -> {
                val delay = millis(expression, "sleep")
                if (expression.has("result")) {
                    Asyncio.sleep(delay, expression.get("result"))
                } else {
                    Asyncio.sleep(delay) as Awaitable<Any?>
                }
            }
            expression.has("gather") -> {
                val arguments = awaitables(expression.nodes("gather"))
                if (expression.flag("return_exceptions")) {
                    Asyncio.gatherOutcomes(arguments) as Awaitable<Any?>
                } else {
                    Asyncio.gather(arguments) as Awaitable<Any?>
                }
            }
            expression.has("shield") -> Asyncio.shield(awaitable(expression.node("shield")))
            expression.has("ensure") -> Asyncio.ensureFuture(awaitable(expression.node("ensure")))
            expression.has("wait_for") ->
                Asyncio.waitFor(awaitable(expression.node("wait_for")), millis(expression, "timeout"))
            expression.has("wait") -> coroutine { waitFor(expression) }
            expression.has("m") -> execution().syncOps().awaitable(expression)
            else -> throw execution().fault("unsupported awaitable $expression")
        }

    private suspend fun waitFor(expression: Node): List<Any?> {
        val names = expression.texts("wait")
        val futures = futures(names)
        val returnWhen = ReturnWhen.valueOf(expression.textOr("return_when", "ALL_COMPLETED"))
        val result = wait(futures, millis(expression, "timeout")?.toKotlinDuration(), returnWhen)
        return listOf(namesOf(names, futures, result.done()), namesOf(names, futures, result.pending()))
    }

    private suspend fun run(
        statements: List<Node>,
        current: Throwable?,
    ): Returned? {
        for (statement in statements) {
            run(statement, current)?.let { return it }
        }
        return null
    }

    private suspend fun run(
        statement: Node,
        current: Throwable?,
    ): Returned? =
        when (statement.text("op")) {
            "await" -> {
                runAwait(statement)
                null
            }
            "try" -> runTry(statement, current)
            "repeat" -> runRepeat(statement, current)
            "while" -> runWhile(statement, current)
            "if" -> run(statement.nodes(if (variables().test(statement)) "then" else "else"), current)
            "with" -> runWith(statement, current)
            "timeout" -> runTimeout(statement, current)
            "taskgroup" ->
                taskGroup {
                    scopes[group] = this
                    variables().set(statement.text("var"), group)
                    run(statement.nodes("body"), current)
                }
            "enter" -> runEnter(statement, current)
            "as_completed" -> runAsCompleted(statement, current)
            "as_completed_async" -> runAsCompletedAsync(statement, current)
            else -> runPlain(statement, current)
        }

    private suspend fun runAwait(statement: Node) {
        if (!statement.has("label") && !statement.has("var") && statement.node("aw").textOr("m", "") == "acquire") {
            return acquire(variables().get(statement.node("aw").text("obj")))
        }
        val value = await(statement.node("aw"))
        if (statement.has("var")) {
            variables().set(statement.text("var"), value)
        }
        trace().logLabelled(statement, value)
    }

    @Suppress("UNCHECKED_CAST")
    private fun queue(expression: Node): Queue<Any?> = variables().get(expression.text("obj")) as Queue<Any?>

    private suspend fun acquire(target: Any) =
        when (target) {
            is Lock -> target.awaitAcquire()
            is Condition -> target.awaitAcquire()
            else -> (target as Semaphore).awaitAcquire()
        }

    private suspend fun await(expression: Node): Any? =
        when {
            expression.has("coro") ->
                execution().dealer().inlineFace(this).coroutine(expression.nodes("coro")).await()
            expression.has("sleep") -> {
                val delay = expression.number("sleep").milliseconds
                if (expression.has("result")) sleep(delay, expression.get("result")) else sleep(delay).let { null }
            }
            expression.has("gather") -> {
                val arguments = awaitables(expression.nodes("gather"))
                if (expression.flag("return_exceptions")) gatherOutcomes(arguments) else gather(arguments)
            }
            expression.has("wait_for") ->
                waitFor(awaitable(expression.node("wait_for")), millis(expression, "timeout")?.toKotlinDuration())
            expression.has("wait") -> waitFor(expression)
            expression.textOr("m", "") == "put" -> {
                queue(expression).awaitPut(variables().evaluate(expression.get("value")))
                null
            }
            expression.textOr("m", "") == "get" -> queue(expression).awaitGet()
            else -> await(awaitable(expression))
        }

    /** What arrives from a future is of the kind that a Kotlin body expects, whichever face made it. */
    private suspend fun await(awaitable: Awaitable<Any?>): Any? =
        try {
            awaitable.await()
        } catch (error: CancelledError) {
            if (awaitable is Future) {
                throw execution().fault(
                    "a Kotlin body saw Java's kind of cancellation",
                )
            } else {
                throw error
            }
        }

    private suspend fun runTry(
        statement: Node,
        current: Throwable?,
    ): Returned? {
        try {
            val returned =
                try {
                    run(statement.nodes("body"), current)
                } catch (error: Throwable) {
                    val clause = execution().clauseFor(statement, error) ?: throw error
                    return run(clause.nodes("body"), error)
                }
            return returned ?: run(statement.nodes("else"), current)
        } finally {
            if (execution().runsFinally(statement) && run(statement.nodes("finally"), null) != null) {
                returnInFinally()
            }
        }
    }

    private suspend fun runRepeat(
        statement: Node,
        current: Throwable?,
    ): Returned? {
        for (turn in 0 until statement.number("n")) {
            if (statement.has("var")) {
                variables().set(statement.text("var"), turn)
            }
            run(statement.nodes("body"), current)?.let { return it }
        }
        return null
    }

    private suspend fun runWhile(
        statement: Node,
        current: Throwable?,
    ): Returned? {
        while (variables().test(statement)) {
            run(statement.nodes("body"), current)?.let { return it }
        }
        return null
    }

    private suspend fun runWith(
        statement: Node,
        current: Throwable?,
    ): Returned? {
        val target = variables().get(statement.text("obj"))
        if (target is Barrier) {
            return runEntered(statement, target.arrive().await(), current)
        }
        return when (target) {
            is Lock -> target.withLock { runEntered(statement, null, current) }
            is Condition -> target.withLock { runEntered(statement, null, current) }
            else -> (target as Semaphore).withPermit { runEntered(statement, null, current) }
        }
    }

    private suspend fun runEntered(
        statement: Node,
        value: Any?,
        current: Throwable?,
    ): Returned? {
        trace().logLabelled(statement, value)
        return run(statement.nodes("body"), current)
    }

    private suspend fun runTimeout(
        statement: Node,
        current: Throwable?,
    ): Returned? {
        val isAbsolute = statement.has("when")
        val limit = millis(statement, if (isAbsolute) "when" else "delay")
        if (!(statement.has("var") && execution().isUsed(statement.text("var")))) {
            val duration = limit?.toKotlinDuration()
            return if (isAbsolute) {
                timeoutAt(duration) { run(statement.nodes("body"), current) }
            } else {
                timeout(duration) { run(statement.nodes("body"), current) }
            }
        }
        val timeout = if (isAbsolute) Timeout.at(limit) else Timeout(limit)
        variables().set(statement.text("var"), timeout)
        return timeout.enter(coroutine { run(statement.nodes("body"), current) }).await()
    }

    private suspend fun runEnter(
        statement: Node,
        current: Throwable?,
    ): Returned? {
        val body = coroutine { run(statement.nodes("body"), current) }
        return when (val entered = variables().get(statement.text("obj"))) {
            is Timeout -> entered.enter(body)
            else -> (entered as TaskGroup).enter(body)
        }.await()
    }

    private suspend fun runAsCompleted(
        statement: Node,
        current: Throwable?,
    ): Returned? {
        for (next in Asyncio.asCompleted(awaitables(statement.nodes("on")), millis(statement, "timeout"))) {
            variables().set(statement.text("var"), next)
            run(statement.nodes("body"), current)?.let { return it }
        }
        return null
    }

    private suspend fun runAsCompletedAsync(
        statement: Node,
        current: Throwable?,
    ): Returned? {
        var returned: Returned? = null
        asCompleted(awaitables(statement.nodes("on")), millis(statement, "timeout")?.toKotlinDuration()).firstOrNull {
            variables().set(statement.text("var"), it)
            returned = run(statement.nodes("body"), current)
            returned != null
        }
        return returned
    }
}
