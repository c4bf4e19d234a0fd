package dev.asyncio.coroutines

import dev.asyncio.EventLoop
import dev.asyncio.Future
import dev.asyncio.Task
import dev.asyncio.engine.await.currentLoop
import dev.asyncio.engine.impl
import dev.asyncio.engine.interop.FutureDeferred
import dev.asyncio.engine.interop.whenOver
import dev.asyncio.engine.interop.wrapDeferred
import dev.asyncio.engine.runningLoop
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.withContext
import java.util.concurrent.CancellationException

/**
 * This future or task as a [Deferred], for code that knows kotlinx only, on any thread. It ends as the future does;
 * cancelling it cancels the future, and it is cancelled if the loop is closed before the future is done.
 *
 * An exception of the future counts as retrieved. **Thread:** any.
 */
public fun <T> Future<T>.asDeferred(): Deferred<T> = FutureDeferred.of(this)

/** This future or task as a [Job]: as [asDeferred], its result left out. */
public fun Future<*>.asJob(): Job = asDeferred()

/**
 * A future of [loop], the running one by default, that ends as this [Deferred] does, whatever it runs on. Cancelling
 * the future cancels the deferred. That of a cancelled scope is cancelled. A lazy one is started.
 *
 * **Thread:** the loop's.
 *
 * @throws dev.asyncio.NoRunningLoopException if no loop is given and none runs on the calling thread
 */
public fun <T> Deferred<T>.asFuture(loop: EventLoop? = null): Future<T> =
    (loop?.impl() ?: runningLoop()).wrapDeferred(this)

/**
 * A task of [loop], the running one by default, that lasts as long as this [Job] and fails or is cancelled if that
 * did. The task starts a lazy job. Cancelling the task cancels the job, and the task ends when the job has, unless it
 * is cancelled before its first step.
 *
 * **Thread:** the loop's.
 *
 * @param name the task's name, `Task-N` if null
 * @throws dev.asyncio.NoRunningLoopException if no loop is given and none runs on the calling thread
 */
@OptIn(ExperimentalCoroutinesApi::class)
public fun Job.asTask(name: String? = null, loop: EventLoop? = null): Task<Unit> {
    val job = this
    val task = createTask(name, loop) {
        val end = CompletableDeferred<Unit>()
        currentLoop().whenOver(job) { cause ->
            if (cause == null) end.complete(Unit) else end.completeExceptionally(cause)
        }
        job.start()
        try {
            end.await()
        } catch (e: CancellationException) {
            job.cancel(e)
            withContext(NonCancellable) { end.join() }
            throw end.getCompletionExceptionOrNull()?.takeUnless { it is CancellationException } ?: e
        }
    }
    task.addDoneCallback { if (it.cancelled()) job.cancel(null) } // the task itself cannot before its first step
    return task
}
