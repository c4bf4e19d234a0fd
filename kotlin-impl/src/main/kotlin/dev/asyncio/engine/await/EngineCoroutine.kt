package dev.asyncio.engine.await

import dev.asyncio.Coroutine
import kotlinx.coroutines.CoroutineScope
import kotlin.coroutines.Continuation
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.createCoroutineUnintercepted
import kotlin.coroutines.intrinsics.startCoroutineUninterceptedOrReturn

/**
 * A coroutine that is a suspend function: an operation of the SDK or a Kotlin block. It never needs a stack of its
 * own. Java code may call [run] inside a Java body, which is the same as awaiting it.
 */
internal abstract class EngineCoroutine<T> : Coroutine<T> {
    /** Starts it on the calling stack; its value, or COROUTINE_SUSPENDED and the outcome goes to [completion]. */
    abstract fun start(scope: CoroutineScope, completion: Continuation<T>): Any?

    /** Starts it as the body of a task; the outcome goes to [scope] in any case. */
    open fun startBody(scope: TaskScope<*>) {
        val value =
            try {
                start(scope, scope)
            } catch (e: Throwable) {
                return scope.resumeWith(Result.failure(e))
            }
        if (value !== COROUTINE_SUSPENDED) scope.resumeWith(Result.success(value))
    }

    /** A task of it is cancelled before its first step: what that fails with instead, if it could not have started. */
    open fun closeUnstarted(): Throwable? = null

    final override fun run(): T = JavaAwait.await(this)
}

/** An operation of the SDK; [name] is what it shows itself as. */
internal open class Operation<T>(private val name: String, private val block: suspend () -> T) : EngineCoroutine<T>() {
    override fun start(scope: CoroutineScope, completion: Continuation<T>): Any? =
        block.startCoroutineUninterceptedOrReturn(completion)

    override fun startBody(scope: TaskScope<*>) = block.createCoroutineUnintercepted(scope).resumeWith(BEGIN)

    override fun toString(): String = name
}

/** A block of the Kotlin face, with the scope of the task that runs it. */
internal open class KotlinCoroutine<T>(protected var block: suspend CoroutineScope.() -> T) : EngineCoroutine<T>() {
    override fun start(scope: CoroutineScope, completion: Continuation<T>): Any? =
        block.startCoroutineUninterceptedOrReturn(scope, completion)

    override fun startBody(scope: TaskScope<*>) = create(scope).resumeWith(BEGIN)

    // Not by way of start, which casts the block to interfaces: JDKs before 23 search for one of several.
    protected fun create(scope: TaskScope<*>): Continuation<Unit> = block.createCoroutineUnintercepted(scope, scope)

    override fun toString(): String = block.javaClass.name
}

/**
 * A block that nobody knows but the task made of it. What is compiled of a suspend lambda starts as a copy of itself, and
 * can be copied again: this keeps the copy, which the task holds in any case, and lets go of the original.
 */
internal class TaskBlock<T>(block: suspend CoroutineScope.() -> T) : KotlinCoroutine<T>(block) {
    override fun startBody(scope: TaskScope<*>) {
        val started = create(scope)
        if (started is Function2<*, *, *>) {
            @Suppress("UNCHECKED_CAST")
            block = started as suspend CoroutineScope.() -> T
        }
        started.resumeWith(BEGIN)
    }
}

private val BEGIN = Result.success(Unit)
