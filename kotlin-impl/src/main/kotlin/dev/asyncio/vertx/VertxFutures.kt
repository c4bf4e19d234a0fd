package dev.asyncio.vertx

import dev.asyncio.Future
import dev.asyncio.engine.interop.wrapForeign
import dev.asyncio.engine.runningLoop
import io.vertx.core.Timer
import java.util.function.Consumer
import io.vertx.core.Future as VertxFuture

/**
 * Futures of Vert.x for bodies on a loop. Needs `io.vertx:vertx-core`.
 *
 * The other way round `Future.fromCompletionStage(Asyncio.runCoroutineThreadsafe(…), context)` makes a future of Vert.x
 * of a task.
 */
public object VertxFutures {
    /**
     * A future of the running loop that ends as [source] does, to be awaited, gathered and so on.
     *
     * Cancelling it cancels a [Timer]. Vert.x has no way of cancelling anything else: the operation goes on, and its
     * result is dropped. For one that must be given back, such as a connection, see the other form.
     *
     * **Thread:** the loop's.
     *
     * @throws dev.asyncio.NoRunningLoopException if the calling thread runs no loop
     */
    @JvmStatic
    public fun <T> awaitable(source: VertxFuture<T>): Future<T> = wrap(source, null)

    /**
     * As [awaitable], and a result that comes after the future was cancelled is given to [unwanted]:
     * `await(awaitable(pool.getConnection(), SqlConnection::close))`. That is called on the thread on which Vert.x
     * completes [source], and even if the loop is closed by then.
     */
    @JvmStatic
    public fun <T> awaitable(source: VertxFuture<T>, unwanted: Consumer<in T>): Future<T> = wrap(source, unwanted)

    private fun <T> wrap(source: VertxFuture<T>, unwanted: Consumer<in T>?): Future<T> = runningLoop().wrapForeign(
        listen = { tell -> source.onComplete { result -> tell(result.result(), result.cause()) } },
        cancel = {
            if (source is Timer) source.cancel()
            if (unwanted != null) source.onSuccess(unwanted::accept)
        },
    )
}
