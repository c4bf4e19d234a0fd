package dev.asyncio.engine.runner

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.tasks.TaskImpl
import kotlinx.coroutines.cancelChildren

/**
 * Cancels all that is left when a run ends, at once, since each may wait for any other: the tasks, but for [main] if
 * that waits for them, and the coroutines of the loop's scope. Each is cancelled once, and may take its time, however
 * often this is called. Returns the tasks.
 */
internal fun LoopImpl.cancelRest(main: TaskImpl<*>? = null): Set<TaskImpl<*>> {
    for (task in tasks.toSet()) if (task !== main && cancelledRest.add(task)) task.cancel(null)
    scopeOrNull?.coroutineContext?.cancelChildren()
    return cancelledRest
}
