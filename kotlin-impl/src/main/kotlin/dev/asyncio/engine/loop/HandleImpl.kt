package dev.asyncio.engine.loop

import dev.asyncio.Context
import dev.asyncio.Handle
import dev.asyncio.TimerHandle
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.context.CarriedLocals
import dev.asyncio.engine.context.ContextCell
import dev.asyncio.engine.context.ContextImpl
import dev.asyncio.engine.context.RunsInContext
import dev.asyncio.engine.context.VarMap
import java.time.Duration

/**
 * A callback to be run once. Loop thread only, but for the time it spends in the [Intake].
 *
 * Without a context given, it is its own context: it starts with the variables of the code that scheduled it.
 */
internal open class HandleImpl(
    private val loop: LoopImpl,
    private var callback: Runnable?,
    private val context: Context?,
    override var vars: VarMap,
) : Intake.Node(),
    Handle,
    RunsInContext {
    override val effectiveContext: ContextCell get() = context as ContextImpl? ?: this

    /** Where it was made, in debug mode. */
    val origin: Array<StackTraceElement>? = if (loop.debug) loop.captureOrigin() else null

    private var cancelled = false

    override fun cancel() {
        cancelled = true
        callback = null // whatever it holds may go; a report of what it throws after that still needs the context
    }

    override fun cancelled(): Boolean = cancelled

    override fun run() {
        val callback = callback ?: return
        loop.runInContext(this, context, this) { callback.run() }
    }

    override fun toString(): String = "<Handle ${describe()}>"

    protected fun describe(): String =
        (if (cancelled) "cancelled" else "$callback") + (origin?.firstOrNull()?.let { " created at $it" } ?: "")
}

/** A [HandleImpl] with a deadline. */
internal class TimerHandleImpl(
    private val loop: LoopImpl,
    override val deadline: Long,
    callback: Runnable,
    context: Context?,
    vars: VarMap,
) : HandleImpl(loop, callback, context, vars),
    TimerHandle,
    TimerEntry {
    override var scheduled: Boolean = false
    override val isCancelledTimer: Boolean get() = cancelled()

    override fun cancel() {
        if (!cancelled() && scheduled) {
            super.cancel()
            loop.timers.noteCancelled()
        } else {
            super.cancel()
        }
    }

    override fun `when`(): Duration = Duration.ofNanos(deadline)

    override fun toString(): String = "<TimerHandle ${describe()} when=${`when`()}>"
}

/**
 * Runs a callback in [context], or in [own] where none was given. What it throws goes to the exception handler, named
 * by [handle]; a fatal error goes on.
 */
internal inline fun LoopImpl.runInContext(own: ContextCell, context: Context?, handle: Any, callback: () -> Unit) {
    val given = context as ContextImpl?
    val started = if (debug) System.nanoTime() else 0L
    try {
        given?.enter()
        entered = given ?: own
        if (CarriedLocals.inUse) showCarried()
        try {
            callback()
        } finally {
            entered = null
            if (CarriedLocals.inUse) showOwnLocals()
            given?.leave()
        }
    } catch (e: Throwable) {
        callbackFailed(handle, own, e)
    }
    if (started != 0L) reportIfSlow(handle, System.nanoTime() - started)
}
