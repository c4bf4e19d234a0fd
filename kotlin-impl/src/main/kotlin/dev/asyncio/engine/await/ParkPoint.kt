package dev.asyncio.engine.await

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.context.CarriedLocals
import dev.asyncio.engine.loop.BodyStack
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.engine.tasks.asCancelledError
import kotlin.coroutines.Continuation
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.jvm.internal.CoroutineStackFrame

/** One suspended `await` of Java code: where its stack is parked, and where its result arrives. Loop thread only. */
internal class ParkPoint private constructor(
    val stack: BodyStack,
    private var task: TaskImpl<*>,
) : Continuation<Any?>,
    CoroutineStackFrame {
    /** A future's failure is thrown as it is; what Kotlin code throws is converted to Java's kind of cancellation. */
    private var ofFuture = false

    /** Whether an await of this stack has it, so that one inside of that, by code that it awaits, needs another. */
    private var inUse = true

    // Not a Result, which would be boxed.
    private var resumed = false
    private var value: Any? = null
    private var error: Throwable? = null

    val thread: Thread get() = stack.thread

    /** The Kotlin code that called the Java code at the base of the stack. */
    override val callerFrame: CoroutineStackFrame? get() = stack.baseCaller as? CoroutineStackFrame

    override fun getStackTraceElement(): StackTraceElement? = null

    override val context: CoroutineContext get() = task

    /** Does not wake the stack: the driver hands over once the current handle has returned. */
    override fun resumeWith(result: Result<Any?>) {
        resumed = true
        value = result.getOrNull()
        error = result.exceptionOrNull()
        task.loop.switchTo = stack
    }

    /** Waits for the result; the stack drives the loop meanwhile. Called on [stack]. */
    fun park(): Any? {
        val loop = task.loop
        if (stack.abandoned) stack.refuseAwait() // from inside of what unwinds
        val entered = loop.entered?.takeUnless(task::isOwnContext) // by Context.run
        if (loop.debug) PinDetector.check(loop, task, stack)
        try {
            return giveWay()
        } finally {
            if (entered != null) loop.reenter(entered)
        }
    }

    /**
     * Leaves the loop to others until the result is there. The current step is over, unless it has said on which stack
     * it goes on. Called on [stack].
     */
    fun giveWay(): Any? {
        val loop = task.loop
        loop.inJavaBody = false
        if (!loop.stepGoesOn) loop.endStep()
        if (CarriedLocals.inUse) loop.showOwnLocals()
        // The flag is this body's own: neither the handles that run on this stack meanwhile nor the wait may see it.
        val interrupted = Thread.interrupted()
        stack.interrupted = false
        if (stack.returnTo != null && loop.switchTo !== stack) {
            loop.handOver(stack, loop.takeReturn(stack))
        } else {
            loop.drive(stack, atBase = false)
        }
        Thread.interrupted()
        if (interrupted || stack.interrupted) Thread.currentThread().interrupt()
        loop.inJavaBody = true
        if (CarriedLocals.inUse) loop.showCarried()
        if (stack.abandoned) stack.refuseAwait()
        check(resumed) { "$stack was woken without a result" }
        return takeResult()
    }

    private fun takeResult(): Any? {
        val value = value
        val error = error
        this.value = null
        this.error = null
        release()
        if (error != null) throw if (ofFuture) error else error.asCancelledError()
        return value
    }

    /** It is free for the next await. */
    fun release() {
        inUse = false
    }

    companion object {
        /** For an await on [stack], which keeps it for its next one. */
        fun of(task: TaskImpl<*>, stack: BodyStack, ofFuture: Boolean = false): ParkPoint {
            val kept = (stack.parkPoint as ParkPoint?)?.takeUnless { it.inUse }
            val point = kept ?: ParkPoint(stack, task).also { stack.parkPoint = it }
            point.inUse = true
            point.resumed = false
            point.ofFuture = ofFuture
            if (point.task !== task) point.task = task
            return point
        }
    }
}
