package dev.asyncio.engine.sync

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.suspendOn
import kotlin.coroutines.Continuation
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.jvm.internal.CoroutineStackFrame

/**
 * A waiter that is also the frame of the code that stands in line for [caller]: one object for what a suspend function
 * would need two for, on the path that every contended lock and every empty queue takes.
 */
internal abstract class WaitingFrame<T>(loop: LoopImpl, line: Waiters, protected val caller: Continuation<T>) :
    Waiter(loop, line),
    Continuation<Any?>,
    CoroutineStackFrame {
    override val context: CoroutineContext get() = caller.context

    override val callerFrame: CoroutineStackFrame? get() = caller as? CoroutineStackFrame

    override fun getStackTraceElement(): StackTraceElement? = null

    /** Joins the line and suspends: COROUTINE_SUSPENDED, or the value if there was nothing to wait for after all. */
    fun stand(): Any? {
        line.join(this)
        val suspended =
            try {
                suspendOn(this, this)
            } catch (e: Throwable) {
                line.leave(this)
                return goOn(e)
            }
        if (suspended) return COROUTINE_SUSPENDED
        line.leave(this)
        return goOn(null)
    }

    /**
     * Called once it is out of the line, woken ([error] is null) or not: the caller's value, or COROUTINE_SUSPENDED if it
     * stands in line again by another frame.
     */
    protected abstract fun goOn(error: Throwable?): Any?

    final override fun resumeWith(result: Result<Any?>) {
        line.leave(this)
        val outcome =
            try {
                val value = goOn(result.exceptionOrNull())
                if (value === COROUTINE_SUSPENDED) return
                @Suppress("UNCHECKED_CAST")
                Result.success(value as T)
            } catch (e: Throwable) {
                Result.failure(e)
            }
        caller.resumeWith(outcome)
    }
}
