package dev.asyncio.engine.tasks

import dev.asyncio.Context
import dev.asyncio.Future
import dev.asyncio.Handle
import dev.asyncio.engine.context.ContextCell
import dev.asyncio.engine.context.ContextImpl
import dev.asyncio.engine.context.RunsInContext
import dev.asyncio.engine.loop.ReadyItem
import dev.asyncio.engine.loop.runInContext
import java.util.function.Consumer

/** A user's done-callback on one future: queued once the future is done, run in the context of its registration. */
internal class DoneCallback<T>(
    private val future: FutureImpl<T>,
    @JvmField val callback: Consumer<in Future<T>>,
    private val context: Context?,
) : ReadyItem(),
    Handle,
    RunsInContext {
    override var vars = future.loop.callerCell.vars
    override val effectiveContext: ContextCell get() = context as ContextImpl? ?: this
    private var cancelled = false

    /** Where its future was made, in debug mode. */
    val origin: Array<StackTraceElement>? get() = future.origin

    override fun cancel() {
        cancelled = true
    }

    override fun cancelled(): Boolean = cancelled

    override fun run() {
        if (cancelled) return
        val loop = future.loop
        loop.runInContext(this, context, this) { callback.accept(future) }
    }

    override fun toString(): String = "<done-callback $callback of $future>"
}
