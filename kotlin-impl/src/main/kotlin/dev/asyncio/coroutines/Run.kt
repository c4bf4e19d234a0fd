package dev.asyncio.coroutines

import dev.asyncio.CancelledError
import dev.asyncio.Runner
import dev.asyncio.RunnerOptions
import dev.asyncio.engine.await.KotlinCoroutine
import dev.asyncio.engine.runner.cancelRest
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.engine.tasks.asCancellationException
import kotlinx.coroutines.CoroutineScope
import kotlin.coroutines.coroutineContext

/**
 * Runs [block] as the main task of a new event loop on the calling thread and returns its result; `asyncio.run`.
 *
 * At the end, coroutines that the block launched and tasks that are left are cancelled and waited for, the default
 * executor is joined and the loop is closed. Ctrl-C cancels the main task, see [RunnerOptions.withInterruptHandler].
 *
 * @throws IllegalStateException if an event loop runs on the calling thread already
 */
public fun <T> asyncio(options: RunnerOptions = RunnerOptions.DEFAULT, block: suspend CoroutineScope.() -> T): T {
    val main = KotlinCoroutine<T> {
        try {
            block()
        } finally {
            val task = coroutineContext as TaskImpl<*>
            task.cancelAndJoinChildren { task.loop.cancelRest(task) }
        }
    }
    try {
        return Runner(options).use { it.run(main) }
    } catch (e: CancelledError) {
        throw e.asCancellationException()
    }
}
