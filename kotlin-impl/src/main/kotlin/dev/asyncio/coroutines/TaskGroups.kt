package dev.asyncio.coroutines

import dev.asyncio.Coroutine
import dev.asyncio.Task
import dev.asyncio.TaskGroup
import dev.asyncio.engine.await.KotlinCoroutine
import dev.asyncio.engine.await.TaskBlock
import kotlinx.coroutines.CoroutineScope
import kotlin.coroutines.CoroutineContext

/**
 * Runs [block] with a group whose tasks are all done when this returns; `async with asyncio.TaskGroup()`.
 *
 * A task that fails cancels the others and the block. After [TaskGroup.cancel] of the scope's group the call returns
 * without an error; if the block itself was cut off by it, there is no value of it, and null is returned in its
 * place.
 *
 * In a coroutine of kotlinx below a task, the block runs in a task of its own on the loop: it has no context elements
 * of that coroutine, and a copy of its context variables.
 *
 * @throws dev.asyncio.ExceptionGroup with the failures of tasks and block, if there are any
 * @throws IllegalStateException outside of a task
 */
public suspend fun <T> taskGroup(block: suspend TaskGroupScope.() -> T): T {
    val group = TaskGroup()
    return group.enter(KotlinCoroutine<T> { TaskGroupScope(group, coroutineContext).block() }).await()
}

/**
 * The receiver of a [taskGroup] block: the scope of the task that runs it, and the way to start children. What is launched in
 * the scope belongs to that task and not to the group, which neither waits for it nor cancels it.
 */
public class TaskGroupScope internal constructor(
    /** The group, to be passed to code that takes one. */
    public val group: TaskGroup,
    override val coroutineContext: CoroutineContext,
) : CoroutineScope {
    /** Starts [block] as a task of the group. */
    public fun <T> createTask(name: String? = null, block: suspend CoroutineScope.() -> T): Task<T> =
        createTask(TaskBlock(block), name)

    /** Starts [coroutine] as a task of the group. */
    public fun <T> createTask(coroutine: Coroutine<T>, name: String? = null): Task<T> =
        group.createTask(coroutine, name)
}
