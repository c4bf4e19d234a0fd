package dev.asyncio.support

import dev.asyncio.Asyncio
import dev.asyncio.Awaitable
import dev.asyncio.CancelledError
import dev.asyncio.Carrier
import dev.asyncio.Coroutine
import dev.asyncio.EventLoop
import dev.asyncio.Future
import dev.asyncio.Task
import dev.asyncio.TaskOptions
import dev.asyncio.coroutines.await
import dev.asyncio.testing.VirtualTimeLoop
import java.time.Duration
import java.util.concurrent.CancellationException
import kotlin.coroutines.Continuation
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.startCoroutineUninterceptedOrReturn
import dev.asyncio.coroutines.coroutine as suspending

/**
 * How the bodies of a test come to be tasks: a behaviour that does not depend on it is written once, in [Body]'s
 * terms, and runs on every face.
 */
enum class Face(internal val carrier: Carrier) {
    /** Straight-line Java code on platform threads. */
    JAVA_ON_PLATFORM_THREADS(Carrier.PLATFORM),

    /** Straight-line Java code on virtual threads. */
    JAVA_ON_VIRTUAL_THREADS(Carrier.VIRTUAL),

    /** Straight-line Java code on virtual threads that the loop schedules. */
    JAVA_ON_THE_LOOP(Carrier.LOOP),

    /** Suspend functions. */
    KOTLIN(Carrier.AUTO),

    /** Java and Kotlin alternately, in the order in which bodies are made. */
    MIXED(Carrier.AUTO),
    ;

    /**
     * Runs [main] and what the engine does at the end of `run`, on virtual time. Kotlin bodies must need no stack,
     * unless the test [usesJava] code itself.
     */
    fun run(usesJava: Boolean = false, main: suspend Body.() -> Unit) {
        val script = Script(this)
        Asyncio.run(script.coroutine(main), Runs.onVirtualTime(carrier))
        if (this == KOTLIN && !usesJava) {
            check("stacks=0" in script.loop.toString()) { "Kotlin bodies took a stack: ${script.loop}" }
        }
    }

    internal fun isJava(number: Int): Boolean = this != KOTLIN && (this != MIXED || number % 2 == 0)

    companion object {
        /** Those that this JVM can run. */
        @JvmStatic
        fun all(): List<Face> = values().filter { it.carrier == Carrier.AUTO || it.carrier in Jdk.carriers() }
    }
}

/** One run on one face. */
internal class Script(private val face: Face) {
    private var bodies = 0
    lateinit var loop: EventLoop

    fun <T> coroutine(block: suspend Body.() -> T): Coroutine<T> =
        if (face.isJava(bodies++)) JavaCoroutine(this, block) else suspending { KotlinBody(this@Script).block() }
}

/** A body that never suspends: each of its awaits parks the stack that it runs on, as Java code does. */
private class JavaCoroutine<T>(private val script: Script, private val block: suspend Body.() -> T) : Coroutine<T> {
    override fun run(): T {
        val value = block.startCoroutineUninterceptedOrReturn(JavaBody(script), NeverResumed)
        check(value !== COROUTINE_SUSPENDED) { "a body waited with something else than Body.await" }
        @Suppress("UNCHECKED_CAST")
        return value as T
    }

    private object NeverResumed : Continuation<Any?> {
        override val context: CoroutineContext get() = EmptyCoroutineContext

        override fun resumeWith(result: Result<Any?>): Unit = throw IllegalStateException("a Java body is not resumed")
    }
}

/** The code of a task, in terms of the public API; what it can wait with is [await] and nothing else. */
abstract class Body internal constructor(private val script: Script) {
    /** Python's `await`. */
    abstract suspend fun <T> await(awaitable: Awaitable<T>): T

    val loop: EventLoop = Asyncio.getRunningLoop().also { script.loop = it }

    /** Seconds on the loop's clock, which started at zero. */
    val now: Long get() = loop.time().seconds

    suspend fun sleep(seconds: Long) = await(Asyncio.sleep(seconds.s))

    /** Lets everything else that is ready run once. */
    suspend fun yieldOnce() = await(Asyncio.sleep(Duration.ZERO))

    suspend fun yieldTimes(times: Int) = repeat(times) { yieldOnce() }

    /** A body of this face, cold. */
    fun <T> coroutine(block: suspend Body.() -> T): Coroutine<T> = script.coroutine(block)

    /** A body of this face as a task. */
    fun <T> createTask(name: String? = null, block: suspend Body.() -> T): Task<T> =
        Asyncio.createTask(script.coroutine(block), name)

    /** A body of this face as a task with options. */
    fun <T> createTask(options: TaskOptions, block: suspend Body.() -> T): Task<T> =
        Asyncio.createTask(script.coroutine(block), options)

    fun <T> createFuture(): Future<T> = loop.createFuture()

    fun cancelledError(message: String? = null): Throwable = cancellation(message)

    protected abstract fun cancellation(message: String?): Throwable

    /**
     * What awaiting [awaitable] comes to: `"result 7"`, `"CancelledError"`, `"CancelledError: why"`, `"Oops: why"`.
     */
    suspend fun outcomeOf(awaitable: Awaitable<*>): String = try {
        "result ${await(awaitable)}"
    } catch (e: Throwable) {
        describe(e)
    }
}

private class JavaBody(script: Script) : Body(script) {
    override suspend fun <T> await(awaitable: Awaitable<T>): T = Asyncio.await(awaitable)

    override fun cancellation(message: String?): Throwable = CancelledError(message)
}

private class KotlinBody(script: Script) : Body(script) {
    override suspend fun <T> await(awaitable: Awaitable<T>): T = awaitable.await()

    override fun cancellation(message: String?): Throwable = CancellationException(message)
}

/** The cancellation that a body sees, by one name on both faces; any other throwable by its own. */
fun describe(error: Throwable): String {
    val name = if (isCancellation(error)) "CancelledError" else error.javaClass.simpleName
    return if (error.message == null) name else "$name: ${error.message}"
}

fun isCancellation(error: Throwable): Boolean = error is CancelledError || error is CancellationException

/** What a program of a test fails with. */
class Oops(message: String? = null) : RuntimeException(message)

val Int.s: Duration get() = Duration.ofSeconds(toLong())

val Long.s: Duration get() = Duration.ofSeconds(this)
