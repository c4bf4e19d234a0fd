package dev.asyncio.engine.await

import dev.asyncio.Coroutine
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.context.CarriedLocals
import dev.asyncio.engine.loop.BodyStack
import dev.asyncio.engine.loop.ReadyItem
import dev.asyncio.engine.loop.readyItem
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.engine.tasks.asCancellationException
import kotlin.coroutines.Continuation
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED

/**
 * A stretch of straight-line Java code in a task: its whole body, or a Java coroutine that Kotlin code awaits
 * ([caller]).
 *
 * It starts on the stack that drives, if nothing else is on that stack or only callers of its own: then a body that
 * never suspends costs no switch. Otherwise another stack of the pool takes it, and the step goes on there.
 */
internal class JavaSegment<T>(
    private val task: TaskImpl<*>,
    private val body: Coroutine<T>,
    private val caller: Continuation<T>?,
) : ReadyItem() {
    private val loop: LoopImpl get() = task.loop

    /** Starts a task's body, in its first step. */
    fun start() {
        val host = hostOrNull()
        if (host != null) task.end(callOn(host)) else startApart()
    }

    /**
     * Starts a coroutine that Kotlin code awaits: its value, or COROUTINE_SUSPENDED and the outcome goes to the
     * caller.
     */
    fun callInline(): Any? {
        val host = hostOrNull()
        if (host == null) {
            startApart()
            return COROUTINE_SUSPENDED
        }
        return callOn(host).getOrElse { throw it.asCancellationException() }
    }

    /** Runs at the base of the stack that it was assigned to. */
    override fun run() {
        val stack = loop.driver as BodyStack
        stack.baseCaller = caller
        if (CarriedLocals.inUse) loop.showCarried()
        val result = callOn(stack)
        stack.baseCaller = null
        if (caller == null || stack.abandoned) {
            task.end(result)
        } else {
            @Suppress("UNCHECKED_CAST")
            val frame = caller as Continuation<Any?>
            val outcome = result.exceptionOrNull()?.let { Result.failure(it.asCancellationException()) } ?: result
            if (loop.hasHome) loop.homeWork = readyItem { frame.resumeWith(outcome) } else frame.resumeWith(outcome)
        }
    }

    private fun hostOrNull(): BodyStack? {
        val stack = loop.driver as? BodyStack ?: return null
        if (stack.blocked) return null
        return stack.takeIf { it.owner == null || it.owner === loop.chainOf(task) }
    }

    /** Starts on a stack of its own, once the driver hands over. */
    fun startApart() {
        val stack =
            try {
                loop.stacks.acquire()
            } catch (e: IllegalStateException) {
                if (caller != null) throw e
                task.end(Result.failure(e))
                return
            }
        stack.assigned = this
        loop.switchTo = stack
    }

    private fun callOn(stack: BodyStack): Result<Any?> {
        val outer = stack.owner
        stack.owner = loop.chainOf(task)
        loop.inJavaBody = true
        if (outer == null) Thread.interrupted() // what a callback on this stack has left behind is not this body's
        val result =
            try {
                val value = body.run()
                if (loop.debug && caller != null) loop.warnOfColdResult(task, value, body)
                Result.success(value)
            } catch (e: Throwable) {
                Result.failure(e)
            }
        loop.inJavaBody = false
        stack.owner = outer
        if (outer == null) {
            stack.parkPoint = null // it knows the task, which is not to live as long as the stack
            Thread.interrupted() // what a body leaves behind is not the next one's
        }
        return result
    }
}
