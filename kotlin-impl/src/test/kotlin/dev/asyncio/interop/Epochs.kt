package dev.asyncio.interop

import dev.asyncio.Task
import dev.asyncio.engine.await.TaskScope
import dev.asyncio.engine.tasks.TaskImpl

/** Looks for what a task makes for kotlinx, its Jobs among it, without making it. */
internal object Epochs {
    private val scope = TaskImpl::class.java.getDeclaredField("scopeOrNull").apply { isAccessible = true }
    private val epochs = TaskScope::class.java.getDeclaredField("epochsOrNull").apply { isAccessible = true }

    fun of(task: Task<*>): Any? = scope.get(task)?.let(epochs::get)
}
