package dev.asyncio.coroutines

import dev.asyncio.Coroutine
import dev.asyncio.EventLoop
import dev.asyncio.Task
import dev.asyncio.TaskOptions
import dev.asyncio.engine.await.KotlinCoroutine
import dev.asyncio.engine.await.TaskBlock
import dev.asyncio.engine.await.awaitSuspending
import dev.asyncio.engine.await.onLoop
import dev.asyncio.engine.impl
import dev.asyncio.engine.runningLoop
import dev.asyncio.engine.threads.TravellingWork
import dev.asyncio.spi.Engine
import kotlinx.coroutines.CoroutineScope
import java.io.Serializable
import java.util.concurrent.Callable
import java.util.concurrent.Executor

/**
 * Makes [block] a task of [loop], which starts in the loop's next iteration; `asyncio.create_task`.
 *
 * The block's scope is the task's own: what it launches is cancelled with the task, and at its end.
 *
 * @param name the task's name, `Task-N` if null
 * @param loop the running loop by default
 * @throws dev.asyncio.NoRunningLoopException if no loop is given and none runs on the calling thread
 */
public fun <T> createTask(
    name: String? = null,
    loop: EventLoop? = null,
    block: suspend CoroutineScope.() -> T,
): Task<T> {
    val options = if (name == null) TaskOptions.DEFAULT else TaskOptions.DEFAULT.withName(name)
    return (loop?.impl() ?: runningLoop()).createTask(TaskBlock(block), options)
}

/**
 * A suspend block as a [Coroutine], to be awaited or passed on by Java and Kotlin alike. Nothing happens until it is
 * awaited or made a task, and each of these runs it afresh.
 */
public fun <T> coroutine(block: suspend CoroutineScope.() -> T): Coroutine<T> = KotlinCoroutine(block)

/**
 * Runs blocking [work] in the loop's default executor, with a copy of the caller's context variables;
 * `asyncio.to_thread`. Cancelling the caller does not interrupt work that has started.
 */
public suspend fun <T> toThread(work: () -> T): T = awaitSuspending(Engine.get().toThread(Callable(work)))

/**
 * Runs blocking [work] in [executor], null for the loop's default one; `loop.run_in_executor`, awaited.
 *
 * Work that is to go to another process, through the executor service of a cluster, is a `Callable` that is
 * `Serializable` given to [EventLoop.runInExecutor], or a lambda marked `@JvmSerializableLambda` here.
 */
public suspend fun <T> inExecutor(executor: Executor?, work: () -> T): T {
    val callable = if (work is Serializable) TravellingWork(work) else Callable(work)
    return onLoop { loop -> awaitSuspending(loop.runInExecutor(executor, callable)) }
}
