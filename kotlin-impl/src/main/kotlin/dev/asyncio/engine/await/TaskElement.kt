package dev.asyncio.engine.await

import dev.asyncio.engine.context.ContextCell
import dev.asyncio.engine.context.ThreadState
import dev.asyncio.engine.context.VarMap
import dev.asyncio.engine.tasks.TaskImpl
import kotlinx.coroutines.CopyableThreadContextElement
import kotlinx.coroutines.DelicateCoroutinesApi
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlin.coroutines.CoroutineContext

/**
 * How a coroutine of kotlinx that was started in a task finds it, and how its code finds the context variables: the
 * task's own in code that the body itself runs, `withContext` on another thread included, and a copy of them in a
 * child that it launched, as in a task that it created.
 */
@OptIn(DelicateCoroutinesApi::class, ExperimentalCoroutinesApi::class)
internal class TaskElement(
    @JvmField val task: TaskImpl<*>,
    private val copied: ContextCell? = null,
) : CopyableThreadContextElement<ContextCell> {
    private val cell: ContextCell get() = copied ?: task.effectiveContext

    override val key: CoroutineContext.Key<TaskElement> get() = Key

    override fun updateThreadContext(context: CoroutineContext): ContextCell {
        val thread = ThreadState.current()
        val loop = task.loop
        if (thread.loop !== loop) loop.runningElsewhere.incrementAndGet()
        return thread.swapCell(cell)
    }

    override fun restoreThreadContext(context: CoroutineContext, oldState: ContextCell) {
        val thread = ThreadState.current()
        val loop = task.loop
        thread.swapCell(oldState)
        if (thread.loop !== loop) loop.runningElsewhere.decrementAndGet()
    }

    override fun copyForChild(): TaskElement = TaskElement(task, Copy(cell.vars))

    override fun mergeForChild(overwritingElement: CoroutineContext.Element): CoroutineContext =
        (overwritingElement as TaskElement).copyForChild()

    private class Copy(override var vars: VarMap) : ContextCell

    companion object Key : CoroutineContext.Key<TaskElement>
}
