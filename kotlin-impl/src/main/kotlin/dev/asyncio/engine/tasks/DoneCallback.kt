package dev.asyncio.engine.tasks

import dev.asyncio.Context
import dev.asyncio.Future
import dev.asyncio.engine.context.ContextCell
import dev.asyncio.engine.loop.runInContext
import java.util.function.Consumer

/** A user's done-callback on one future: queued once the future is done, run in the context of its registration. */
internal class DoneCallback<T>(
    private val future: FutureImpl<T>,
    @JvmField val callback: Consumer<in Future<T>>,
    private val context: Context?,
) : Runnable,
    ContextCell {
    override var vars = future.loop.cell.vars

    override fun run() {
        val loop = future.loop
        loop.runInContext(this, context, this) { callback.accept(future) }
    }

    override fun toString(): String = "<done-callback $callback of $future>"
}
