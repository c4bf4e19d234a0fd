package dev.asyncio.engine.await

import dev.asyncio.WrongLoopThreadException
import dev.asyncio.engine.context.ThreadState
import dev.asyncio.engine.tasks.TaskImpl
import kotlinx.coroutines.CoroutineScope
import kotlin.coroutines.Continuation
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED

/**
 * An operation that mostly has nothing to wait for. [now] is tried first, before anything is made that a wait would
 * need; [later] comes only if that gave [NOT_NOW]. It holds nothing of one run, so that one object serves any number
 * of them.
 */
internal abstract class QuickOperation<T> : EngineCoroutine<T>() {
    /** The result; [NOT_NOW], with nothing changed, if it has to be waited for. */
    abstract fun now(): Any?

    abstract suspend fun later(): T

    final override fun start(scope: CoroutineScope, completion: Continuation<T>): Any? {
        requireLoop(completion.context)
        val result = now()
        return if (result !== NOT_NOW) result else startLater(completion)
    }

    /** [start], where [now] has just been tried. */
    fun startLater(completion: Continuation<T>): Any? {
        @Suppress("UNCHECKED_CAST")
        return (LATER as Function2<QuickOperation<T>, Continuation<T>, Any?>).invoke(this, completion)
    }

    private companion object {
        /** The function itself, as it is compiled: a lambda that calls it would be one more frame for every wait. */
        @JvmField val LATER: suspend (QuickOperation<*>) -> Any? = QuickOperation<*>::later
    }
}

/** No result yet, which null could be. */
internal val NOT_NOW: Any = COROUTINE_SUSPENDED

/**
 * That code with this coroutine context runs on its loop, which a coroutine of kotlinx inside of a task need not do;
 * what has no thread but the loop's could not tell and would break.
 */
internal fun requireLoop(context: CoroutineContext) {
    if (context is TaskImpl<*>) return
    val running = ThreadState.currentLoop
    val own = context.ownLoopOrNull()
    if (running != null && (own == null || own === running)) return
    if (own == null) throw noRunningLoop()
    throw WrongLoopThreadException(
        "Non-thread-safe operation of $own from thread '${Thread.currentThread().name}', which does not run it: " +
            "leave the other dispatcher first",
    )
}
