package dev.asyncio.interop

import dev.asyncio.Task
import dev.asyncio.engine.await.TaskScope

/** Looks for what a task makes for kotlinx, its Jobs among it, without making it. */
internal object Epochs {
    private val epochs = TaskScope::class.java.getDeclaredField("epochsOrNull").apply { isAccessible = true }

    fun of(task: Task<*>): Any? = epochs.get(task)
}
