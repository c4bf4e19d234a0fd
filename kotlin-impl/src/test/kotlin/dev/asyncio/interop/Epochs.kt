package dev.asyncio.interop

import dev.asyncio.Task
import dev.asyncio.engine.await.TaskScope
import dev.asyncio.engine.tasks.TaskImpl

/** Looks for the Job that a task makes for kotlinx, without making it ask for one. */
internal object Epochs {
    private val scope = TaskImpl::class.java.getDeclaredField("scopeOrNull").apply { isAccessible = true }
    private val epoch = TaskScope::class.java.getDeclaredField("epoch").apply { isAccessible = true }

    fun of(task: Task<*>): Any? = scope.get(task)?.let(epoch::get)
}
