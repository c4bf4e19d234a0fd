package dev.asyncio.engine.tasks

import dev.asyncio.Context
import dev.asyncio.Future
import dev.asyncio.Handle
import dev.asyncio.engine.context.ContextCell
import dev.asyncio.engine.context.ContextImpl
import dev.asyncio.engine.context.RunsInContext
import dev.asyncio.engine.loop.HandleImpl
import dev.asyncio.engine.loop.ReadyItem
import dev.asyncio.engine.loop.runInContext
import java.util.function.Consumer

/** A user's done-callback on one future: queued once the future is done, run in the context of its registration. */
internal class DoneCallback<T>(
    private val future: FutureImpl<T>,
    @JvmField val callback: Consumer<in Future<T>>,
    private val context: Context?,
) : FutureCallback(),
    Handle,
    RunsInContext {
    override var vars = future.loop.callerCell.vars
    override val effectiveContext: ContextCell get() = context as ContextImpl? ?: this
    private var cancelled = false

    override fun cancel() {
        cancelled = true
    }

    override fun cancelled(): Boolean = cancelled

    override fun run() {
        if (cancelled) return
        val loop = future.loop
        loop.runInContext(this, context, this) { callback.accept(future) }
    }

    /** In debug mode a handle that is made now, as asyncio does always: reports say where the future was completed. */
    override fun handleOf(future: FutureImpl<*>): ReadyItem = if (future.loop.debug) Completed() else this

    override fun toString(): String = "<done-callback $callback of $future>"

    private inner class Completed : HandleImpl(future.loop, { callback.accept(future) }, context, vars) {
        override fun toString(): String = this@DoneCallback.toString()
    }
}
